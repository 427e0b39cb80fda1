import { useState } from 'react'
import { vendidoDe } from '../../../../schema/domain/turnos/cajon.ts'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { pesos } from '../../../lib/formato.ts'
import { useCaja } from '../../../replica/contexto.ts'
import { useOcupado } from '../../../ui/aviso-de-version.tsx'
import { Icono } from '../../../ui/iconos.tsx'
import { type Tecla, Teclado } from '../../../ui/teclado.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { useRegistrar } from '../use-registrar.ts'
import { conTecla, type Monto, SIN_MONTO } from '../venta/monto.ts'
import { SoloSiPuede } from '../venta/solo-si-puede.tsx'
import { Cerrar } from './cerrar.tsx'
import { diferenciaDe, diferenciaEnPalabras } from './cuadre.ts'
import { HojaDeTurno } from './hoja-de-turno.tsx'
import { ResumenDeTurno, useCuando } from './resumen.tsx'
import { t } from './textos.ts'
import { useTurnosDeCaja } from './use-turno-de-caja.ts'
import './turno.css'

/** The shift of this till, online or not: opened with what is in the drawer, closed with what was counted, and those closed before. */
export function TurnoPantalla() {
  return (
    <SoloSiPuede accion="registrarVentas">
      <ElTurno />
    </SoloSiPuede>
  )
}

function ElTurno() {
  const { turnos, releer } = useTurnosDeCaja()
  const [cerrando, setCerrando] = useState(false)
  const [cerrado, setCerrado] = useState<string | null>(null)
  const reciente = turnos?.cerrados.find(({ turnoId }) => turnoId === cerrado)
  return (
    <Marco titulo={t.titulo} atras="/inicio" clase="turno">
      {turnos && (turnos.abierto ? <Abierto turno={turnos.abierto} alCerrar={() => setCerrando(true)} /> : <Abrir alAbrir={releer} />)}
      {turnos && <Anteriores cerrados={turnos.cerrados} />}
      {cerrando && turnos?.abierto && (
        <Cerrar
          turno={turnos.abierto}
          alDejar={() => setCerrando(false)}
          alCerrar={(turnoId) => {
            setCerrando(false)
            setCerrado(turnoId)
            releer()
          }}
        />
      )}
      {reciente && <HojaDeTurno turno={reciente} alCerrar={() => setCerrado(null)} />}
    </Marco>
  )
}

function Abrir({ alAbrir }: { alAbrir: () => void }) {
  const { replica } = useCaja()
  const [monto, setMonto] = useState<Monto>(SIN_MONTO)
  const { ocupada, error, decir, registrar } = useRegistrar(alAbrir)
  useOcupado('turno', monto.centavos > 0)
  const abrir = () => registrar(() => replica.abrirTurnoDeCaja?.(monto.centavos))
  const teclear = (tecla: Tecla) => {
    if (tecla === 'ir') return abrir()
    decir(null)
    setMonto((antes) => conTecla(antes, tecla))
  }
  return (
    <section className="abrir-turno" aria-labelledby="abrir-turno">
      <h2 id="abrir-turno">{t.fondo}</h2>
      <p className="soft">{t.explicaAbrir}</p>
      <output className="monto num" aria-label={t.fondo} aria-live="polite">
        {pesos(monto.centavos)}
      </output>
      <p className="sm soft centro">{t.sinFondo}</p>
      <Teclado etiqueta={t.fondo} alTecla={teclear} />
      {error && (
        <p className="mal" role="alert">
          <Icono de="atencion" /> {error}
        </p>
      )}
      <button type="button" className="btn btn--primary btn--lg" aria-disabled={ocupada} onClick={abrir}>
        {ocupada ? t.abriendo : t.abrir}
      </button>
      <p className="sm soft centro">{t.sinTurnoTexto}</p>
    </section>
  )
}

function Abierto({ turno, alCerrar }: { turno: TurnoDeCaja; alCerrar: () => void }) {
  const ir = useIr()
  return (
    <>
      <div className="ticket-wrap">
        <ResumenDeTurno turno={turno} />
      </div>
      <div className="actions">
        <button type="button" className="btn btn--secondary btn--lg" onClick={() => ir('/inicio')}>
          {t.seguir}
        </button>
        <button type="button" className="btn btn--primary btn--lg wide" onClick={alCerrar}>
          {t.cerrar}
        </button>
      </div>
    </>
  )
}

function Anteriores({ cerrados }: { cerrados: readonly TurnoDeCaja[] }) {
  const [visto, setVisto] = useState<TurnoDeCaja | null>(null)
  return (
    <section aria-labelledby="turnos-anteriores">
      <h2 className="eyebrow" id="turnos-anteriores">
        {t.anteriores}
      </h2>
      {cerrados.length === 0 ? (
        <p className="sm soft">{t.sinAnteriores}</p>
      ) : (
        <ul className="panel turnos-anteriores">
          {cerrados.map((turno) => (
            <li key={turno.turnoId}>
              <Anterior turno={turno} alTocar={() => setVisto(turno)} />
            </li>
          ))}
        </ul>
      )}
      {visto && <HojaDeTurno turno={visto} alCerrar={() => setVisto(null)} />}
    </section>
  )
}

function Anterior({ turno, alTocar }: { turno: TurnoDeCaja; alTocar: () => void }) {
  const cuando = useCuando(turno)
  const diferencia = diferenciaDe(turno)
  return (
    <button type="button" onClick={alTocar}>
      <span className="grow">
        <b className="num">{cuando}</b>
        <br />
        <span className="sm soft">{t.ventasN(turno.resumen.ventas)}</span>
      </span>
      <span className="end num">
        <b>{pesos(vendidoDe(turno.resumen))}</b>
        <br />
        <span className="sm soft">{diferencia === null ? t.sinContar : diferenciaEnPalabras(diferencia)}</span>
      </span>
    </button>
  )
}

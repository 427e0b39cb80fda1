import { CalendarClock, CircleCheck, Coins, WifiOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Configuracion, MESES_MAXIMOS } from '../../../../schema/domain/configuracion/configuracion.ts'
import { type CamposDeReglas, cambioDeReglas, camposDeReglas, fallasDeReglas, ultimasReglas } from '../../../domain/puntos/reglas-nuevas.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Huesos } from '../../../ui/escritorio/estados.tsx'
import { Conmutador, Dinero, Entero } from '../forma/campos.tsx'
import { type Forma, useForma } from '../forma/use-forma.ts'
import { Confirmar } from './confirmar.tsx'
import { Simulador } from './simulador.tsx'
import { t } from './textos.ts'
import './puntos.css'

/** PTS-03. Centavos of a point, and the purchase that shows it. */
const EJEMPLOS = [
  { valor: 500, compra: 1_000 },
  { valor: 1_000, compra: 1_000 },
  { valor: 2_000, compra: 2_000 },
  { valor: 10_000, compra: 10_000 },
] as const
const RECOMENDADO = 1_000

/** PTS-01..05, 07, 24. The rules of points: what this device knows of them, with no network too; a dueño changes them, and is told first what changes and from when. */
export function Puntos() {
  const { config, estado } = useStudioVivo()
  const [guardadas, setGuardadas] = useState<Configuracion | null>(null)
  const vigente = useMemo(() => {
    const conocidas = ultimasReglas(config)
    return guardadas && guardadas.version > (conocidas?.version ?? 0) ? guardadas : conocidas
  }, [config, guardadas])
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.lema}</p>
        </div>
      </div>
      {estado?.fase === 'sin_conexion' && (
        <p className="banner" role="status">
          <WifiOff className="i" aria-hidden="true" />
          {t.sinRed}
        </p>
      )}
      {vigente ? <Reglas vigente={vigente} alGuardar={setGuardadas} /> : <Huesos filas={5} />}
    </>
  )
}

function Reglas({ vigente, alGuardar }: { vigente: Configuracion; alGuardar: (nuevas: Configuracion) => void }) {
  const { negocio } = useStudio()
  const { zona } = useStudioVivo()
  const original = useMemo(() => camposDeReglas(vigente), [vigente])
  const forma = useForma<CamposDeReglas>(negocio.negocioId, 'reglas', original)
  const [confirmando, setConfirmando] = useState(false)
  const fallas = fallasDeReglas(forma.campos)
  const cambio = cambioDeReglas(vigente, forma.campos)
  const hayCambios = Object.keys(cambio).length > 0
  const terminar = (nuevas: Configuracion) => {
    setConfirmando(false)
    forma.vaciar()
    alGuardar(nuevas)
    avisar(t.guardado)
  }
  return (
    <div className="pu">
      <section className="card" aria-labelledby="pu-reglas">
        <div className="hd">
          <h2 id="pu-reglas">{t.reglas}</h2>
          <span className="sm mut">{t.desdeCuando(fechaYHora(vigente.vigenteAt, zona))}</span>
        </div>
        <form
          className="bd pu-forma"
          onSubmit={(e) => {
            e.preventDefault()
            if (hayCambios && fallas.length === 0) setConfirmando(true)
          }}
        >
          {negocio.papel !== 'dueno' && <p className="sm mut">{t.soloDueno}</p>}
          <fieldset className="pu-campos" disabled={negocio.papel !== 'dueno'}>
            <Campos forma={forma} fallas={fallas} />
          </fieldset>
          {negocio.papel === 'dueno' && (
            <div className="row wrap pu-pie">
              <span className="sm mut sp">{hayCambios ? '' : t.sinCambios}</span>
              {hayCambios && (
                <button type="button" className="btn" onClick={forma.vaciar}>
                  {t.deshacer}
                </button>
              )}
              <button type="submit" className="btn p" disabled={!hayCambios || fallas.length > 0}>
                {t.revisar}
              </button>
            </div>
          )}
        </form>
      </section>
      <Simulador vigente={vigente} campos={forma.campos} escritas={hayCambios} />
      {confirmando && <Confirmar vigente={vigente} cambio={cambio} alCerrar={() => setConfirmando(false)} alGuardar={terminar} />}
    </div>
  )
}

function Campos({ forma: { campos, poner }, fallas }: { forma: Forma<CamposDeReglas>; fallas: readonly string[] }) {
  return (
    <>
      <Conmutador
        icono={<CircleCheck className="i" aria-hidden="true" />}
        texto={t.participas}
        ayuda={campos.participa ? t.participasSi : t.participasNo}
        si={campos.participa}
        alCambiar={(participa) => poner({ participa })}
      />
      <Dinero
        rotulo={t.valor}
        ayuda={t.valorAyuda}
        error={fallas.includes('valor') ? t.fallaValor : null}
        valor={campos.valorPuntoCentavos}
        alCambiar={(valorPuntoCentavos) => poner({ valorPuntoCentavos })}
      />
      <fieldset className="pu-ejemplos" aria-label={t.ejemplos}>
        {EJEMPLOS.map(({ valor, compra }) => (
          <button
            key={valor}
            type="button"
            className="btn s"
            aria-pressed={campos.valorPuntoCentavos === valor}
            onClick={() => poner({ valorPuntoCentavos: valor })}
          >
            <Coins className="i s" aria-hidden="true" />
            {t.ejemplo(pesos(valor).replace('.00', ''), t.nPuntos(compra / valor), pesos(compra).replace('.00', ''))}
            {valor === RECOMENDADO && <span className="tag ok">{t.recomendado}</span>}
          </button>
        ))}
      </fieldset>
      <Conmutador
        icono={<CalendarClock className="i" aria-hidden="true" />}
        texto={t.vencen}
        ayuda={campos.vencen && campos.meses >= 1 ? t.vencenSi(campos.meses) : t.vencenNo}
        si={campos.vencen}
        alCambiar={(vencen) => poner({ vencen })}
      />
      {campos.vencen && (
        <Entero
          rotulo={t.meses}
          unidad={t.mesesUnidad}
          error={fallas.includes('meses') ? t.fallaMeses(MESES_MAXIMOS) : null}
          valor={campos.meses}
          alCambiar={(meses) => poner({ meses })}
        />
      )}
    </>
  )
}

import { Banknote, ChevronRight, CircleCheck, CircleDashed, Clock, TriangleAlert } from 'lucide-react'
import { type ReactNode, useCallback, useState } from 'react'
import { ZONA_POR_DEFECTO } from '../../../../schema/domain/sucursales/sucursal.ts'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { fecha, hora, pesos } from '../../../lib/formato.ts'
import { useSiHayStudio } from '../../../replica/studio.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { Eleccion } from '../forma/campos.tsx'
import { SinDatos } from '../sin-datos.tsx'
import type { DeSeccion } from '../studio.tsx'
import { Vigencia } from '../vigencia.tsx'
import { type Cuadre, cuadreDe, juntar, porDia, type TurnoDeCaja } from './forma.ts'
import { t } from './textos.ts'
import './turnos.css'

const CADA_MS = 20_000
/** As many as one answer holds. */
const POR_PAGINA = 100

/** Shifts of the tills as the server has them: by day and till, with what the drawer should hold and what was counted. */
export function Turnos(props: DeSeccion) {
  return <TurnosDe key={props.sucursalId ?? ''} {...props} />
}

function TurnosDe({ sesion, negocio, sucursalId }: DeSeccion) {
  const base = `/api/negocios/${negocio.negocioId}/turnos`
  const cuales = sucursalId ? `sucursalId=${sucursalId}` : ''
  const leer = useCallback(() => sesion.pedir<TurnoDeCaja[]>(`${base}?${cuales}`), [sesion, base, cuales])
  const { valor, falla, leidoAt } = useLectura(leer, CADA_MS)
  const [anteriores, setAnteriores] = useState<TurnoDeCaja[]>([])
  const [hayMas, setHayMas] = useState(true)
  const [leyendo, setLeyendo] = useState(false)
  const [caja, setCaja] = useState('')
  const [abierto, setAbierto] = useState<string | null>(null)
  const zonaDe = useZonas()
  const todos = valor ? juntar(valor, anteriores) : []
  const cajas = [...new Map(todos.map((x) => [x.dispositivoId ?? '', x.caja ?? t.sinCaja])).entries()]
  const vistos = todos.filter((x) => caja === '' || (x.dispositivoId ?? '') === caja)
  const elAbierto = todos.find((x) => x.id === abierto)
  const traerMas = async () => {
    setLeyendo(true)
    const antesDe = Math.min(...todos.map((x) => x.abiertoAt))
    const r = await sesion.pedir<TurnoDeCaja[]>(`${base}?${[cuales, `antesDe=${antesDe}`].filter(Boolean).join('&')}`)
    setLeyendo(false)
    if (!r.ok) return
    setAnteriores((antes) => juntar(antes, r.valor))
    setHayMas(r.valor.length === POR_PAGINA)
  }
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.lema}</p>
        </div>
        <Vigencia falla={falla} leidoAt={leidoAt} />
      </div>
      {!valor && <SinDatos falla={falla} />}
      {valor && todos.length === 0 && (
        <section className="card">
          <Vacio icono={Banknote} titulo={t.ninguno} texto={t.ningunoTexto} />
        </section>
      )}
      {cajas.length > 1 && (
        <div className="tu-filtro">
          <Eleccion rotulo={t.caja} valor={caja} alCambiar={setCaja}>
            <option value="">{t.todas}</option>
            {cajas.map(([id, nombre]) => (
              <option key={id} value={id}>
                {nombre}
              </option>
            ))}
          </Eleccion>
        </div>
      )}
      {porDia(vistos, zonaDe).map(({ dia, turnos }) => (
        <section key={dia} className="card" aria-label={fecha(Date.parse(`${dia}T12:00:00Z`), 'UTC')}>
          <div className="hd">
            <h2>{fecha(Date.parse(`${dia}T12:00:00Z`), 'UTC')}</h2>
          </div>
          <ul className="tu-lista">
            {turnos.map((turno) => (
              <Renglon
                key={turno.id}
                turno={turno}
                zona={zonaDe(turno.sucursalId)}
                sucursal={negocio.sucursales.find((s) => s.id === turno.sucursalId)?.nombre ?? ''}
                alAbrir={() => setAbierto(turno.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {valor?.length === POR_PAGINA && hayMas && (
        <button type="button" className="btn" disabled={leyendo} onClick={() => void traerMas()}>
          {leyendo ? t.leyendo : t.anteriores}
        </button>
      )}
      {elAbierto && (
        <Detalle
          turno={elAbierto}
          zona={zonaDe(elAbierto.sucursalId)}
          sucursal={negocio.sucursales.find((s) => s.id === elAbierto.sucursalId)?.nombre ?? ''}
          alCerrar={() => setAbierto(null)}
        />
      )}
    </>
  )
}

/** IANA zone of each sucursal, as this device's copy knows it. */
function useZonas(): (sucursalId: string | null) => string {
  const config = useSiHayStudio()?.config ?? []
  return (sucursalId) => {
    const doc = config.find((c) => c.id === `sucursal:${sucursalId}`)
    return doc && 'zonaHoraria' in doc ? doc.zonaHoraria : ZONA_POR_DEFECTO
  }
}

interface DeTurno {
  turno: TurnoDeCaja
  zona: string
  sucursal: string
}
/** REST gives pesos. */
const enPesos = (monto: number) => pesos(Math.round(monto * 100))
const horasDe = ({ abiertoAt, cerradoAt }: TurnoDeCaja, zona: string) =>
  cerradoAt === null ? t.desde(hora(abiertoAt, zona)) : t.de(hora(abiertoAt, zona), hora(cerradoAt, zona))

function Renglon({ turno, zona, sucursal, alAbrir }: DeTurno & { alAbrir: () => void }) {
  const caja = turno.caja ?? t.sinCaja
  const cuando = horasDe(turno, zona)
  return (
    <li>
      <button type="button" className="tu" onClick={alAbrir}>
        <span className="sp col">
          <b>{caja}</b>
          <span className="sm mut">{[cuando, sucursal, turno.abiertoPor].filter(Boolean).join(' · ')}</span>
        </span>
        <span className="tu__cifras n">
          {turno.cerradoAt !== null && <b>{enPesos(turno.total)}</b>}
          {turno.cerradoAt !== null && <span className="sm mut">{t.nVentas(turno.ventas)}</span>}
        </span>
        <EtiquetaDeCuadre cuadre={cuadreDe(turno)} />
        <ChevronRight className="i" aria-hidden="true" />
      </button>
    </li>
  )
}

function EtiquetaDeCuadre({ cuadre }: { cuadre: Cuadre }) {
  if (cuadre.en === 'abierto') return <Etiqueta icono={Clock}>{t.abierto}</Etiqueta>
  if (cuadre.en === 'sin_contar')
    return (
      <Etiqueta tono="out" icono={CircleDashed}>
        {t.sinContar}
      </Etiqueta>
    )
  if (cuadre.en === 'exacto')
    return (
      <Etiqueta tono="ok" icono={CircleCheck}>
        {t.exacto}
      </Etiqueta>
    )
  return (
    <Etiqueta tono="warn" icono={TriangleAlert}>
      {t[cuadre.en](pesos((cuadre as { centavos: number }).centavos))}
    </Etiqueta>
  )
}

function Detalle({ turno, zona, sucursal, alCerrar }: DeTurno & { alCerrar: () => void }) {
  const cerrado = turno.cerradoAt !== null
  return (
    <Hoja titulo={t.verTurno(turno.caja ?? t.sinCaja, fecha(turno.abiertoAt, zona))} alCerrar={alCerrar} ancho="angosta" clase="tu-hoja">
      <EtiquetaDeCuadre cuadre={cuadreDe(turno)} />
      <h3>{t.efectivo}</h3>
      <dl className="dl">
        <Dato rotulo={t.fondo}>{enPesos(turno.fondo)}</Dato>
        <Dato rotulo={t.esperado}>{turno.esperado === null ? t.alCerrar : <b>{enPesos(turno.esperado)}</b>}</Dato>
        {cerrado && <Dato rotulo={t.contado}>{turno.contado === null ? t.sinContar : <b>{enPesos(turno.contado)}</b>}</Dato>}
        {turno.contado !== null && turno.esperado !== null && (
          <Dato rotulo={t.diferencia}>{enPesos(Math.round((turno.contado - turno.esperado) * 100) / 100)}</Dato>
        )}
      </dl>
      <h3>{t.elTurno}</h3>
      <dl className="dl">
        <Dato rotulo={t.sucursal}>{sucursal}</Dato>
        <Dato rotulo={t.abrio}>{[turno.abiertoPor, hora(turno.abiertoAt, zona)].filter(Boolean).join(', ')}</Dato>
        {turno.cerradoAt !== null && (
          <Dato rotulo={t.cerro}>{[turno.cerradoPor, hora(turno.cerradoAt, zona)].filter(Boolean).join(', ')}</Dato>
        )}
        {cerrado && (
          <>
            <Dato rotulo={t.ventas}>{turno.ventas.toLocaleString('es-MX')}</Dato>
            <Dato rotulo={t.total}>{enPesos(turno.total)}</Dato>
            <Dato rotulo={t.reembolsado}>{enPesos(turno.reembolsado)}</Dato>
            <Dato rotulo={t.anuladas}>{turno.anuladas.toLocaleString('es-MX')}</Dato>
            <Dato rotulo={t.cupones}>{turno.cupones.toLocaleString('es-MX')}</Dato>
            <Dato rotulo={t.descuento}>{enPesos(turno.descuento)}</Dato>
            <Dato rotulo={t.canjes}>{turno.canjes.toLocaleString('es-MX')}</Dato>
            <Dato rotulo={t.puntos}>{turno.puntos.toLocaleString('es-MX')}</Dato>
          </>
        )}
        {turno.nota && <Dato rotulo={t.nota}>{turno.nota}</Dato>}
      </dl>
    </Hoja>
  )
}

const Dato = ({ rotulo, children }: { rotulo: string; children: ReactNode }) => (
  <>
    <dt>{rotulo}</dt>
    <dd className="n">{children}</dd>
  </>
)

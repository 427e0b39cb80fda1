import { CloudOff, Download } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { tieneTexto } from '../../../../schema/core/textos-de-codigo.ts'
import { TIPOS_DE_ACTIVIDAD, type TipoDeActividad } from '../../../../schema/domain/empleados/actividad.ts'
import { ACCIONES_SCANYA } from '../../../../schema/domain/empleados/permisos.ts'
import { descargar } from '../../../lib/descargar.ts'
import { diaYHora, pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { FallaDeForma } from '../campo.tsx'
import { SinDatos } from '../sin-datos.tsx'
import type { DeSeccion } from '../studio.tsx'
import type { FichaDeEmpleado } from './ficha.ts'
import { PERIODOS, type Periodo, rangoDe } from './periodo.ts'
import { ResumenDelEquipo, ResumenPropio, type Sumas } from './resumen.tsx'
import { t } from './textos.ts'

interface Renglon {
  id: string
  at: number
  empleadoId: string | null
  tipo: TipoDeActividad
  resultado: string
  folio: string | null
  monto: number | null
  puntos: number | null
  cliente: string | null
  equipo: string | null
  detalle: string | null
  offline: boolean
}
interface Pagina {
  renglones: Renglon[]
  siguiente: string | null
  zona: string
}

/** EMP-16 of one person. */
export function Actividad(props: DeSeccion & { empleado: FichaDeEmpleado }) {
  return <Bitacora {...props} gente={[props.empleado]} />
}

/** EMP-14. Of everybody, with the sums of each. */
export function ActividadDelEquipo(props: DeSeccion & { gente: readonly FichaDeEmpleado[] }) {
  return (
    <section className="card em-equipo" aria-label={t.equipo}>
      <h2>{t.equipo}</h2>
      <Bitacora {...props} empleado={null} />
    </section>
  )
}

interface DeBitacora extends DeSeccion {
  empleado: FichaDeEmpleado | null
  gente: readonly FichaDeEmpleado[]
}

function Bitacora({ sesion, negocio, sucursalId, empleado, gente }: DeBitacora) {
  const [periodo, setPeriodo] = useState<Periodo>('hoy')
  const [dia, setDia] = useState('')
  const [tipo, setTipo] = useState('')
  const [resultado, setResultado] = useState('')
  const [falla, setFalla] = useState<string | null>(null)
  const base = `/api/negocios/${negocio.negocioId}/actividad`
  const rango = rangoDe(periodo, dia, Date.now())
  const consulta = new URLSearchParams({
    ...rango,
    ...(empleado ? { empleadoId: empleado.id } : {}),
    ...(sucursalId ? { sucursalId } : {}),
  })
  const filtrada = new URLSearchParams({ ...Object.fromEntries(consulta), ...(tipo ? { tipo } : {}), ...(resultado ? { resultado } : {}) })
  const { paginas, sumas, codigo, seguir } = useBitacora(sesion, base, consulta.toString(), filtrada.toString())
  const exportar = async () => {
    const r = await sesion.pedir<{ csv: string }>(`${base}/exportar?${filtrada}`)
    setFalla(r.ok ? null : textoDe(r.codigo))
    if (r.ok) descargar(`actividad-${empleado?.nick ?? 'equipo'}`, r.valor.csv, 'csv')
  }
  const elegir = (cual: Periodo) => {
    setPeriodo(cual)
    setDia('')
  }
  const renglones = paginas.flatMap((p) => p.renglones)
  return (
    <div className="em-parte">
      <div className="row wrap em-filtros">
        <fieldset className="seg" aria-label={t.periodo}>
          {PERIODOS.map((cual) => (
            <button key={cual} type="button" aria-pressed={dia === '' && periodo === cual} onClick={() => elegir(cual)}>
              {t[cual]}
            </button>
          ))}
        </fieldset>
        <label className="em-filtro">
          <span className="vh">{t.dia}</span>
          <span className="in">
            <input type="date" value={dia} onChange={(e) => setDia(e.currentTarget.value)} />
          </span>
        </label>
        <Filtro rotulo={t.filtrar} valor={tipo} alElegir={setTipo} opciones={TIPOS_DE_ACTIVIDAD.map((uno) => [uno, t[uno]])} />
        <Filtro
          rotulo={t.resultado}
          valor={resultado}
          alElegir={setResultado}
          opciones={[
            ['ok', t.loHecho],
            ['rechazado', t.loRechazado],
          ]}
        />
        {negocio.papel === 'dueno' && (
          <button type="button" className="btn s" onClick={() => void exportar()}>
            <Download className="i" aria-hidden="true" />
            {t.exportar}
          </button>
        )}
      </div>
      <FallaDeForma falla={falla === null ? null : { campo: null, texto: falla }} campos={[]} />
      {sumas && (empleado ? <ResumenPropio sumas={sumas[0] ?? null} /> : <ResumenDelEquipo sumas={sumas} />)}
      {paginas.length === 0 ? (
        <SinDatos falla={codigo} />
      ) : renglones.length === 0 ? (
        <p className="state">{t.nada}</p>
      ) : (
        <Tabla renglones={renglones} zona={paginas[0]!.zona} quien={empleado ? null : new Map(gente.map((e) => [e.id, `@${e.nick}`]))} />
      )}
      {paginas.at(-1)?.siguiente && (
        <button type="button" className="btn" onClick={seguir}>
          {t.verMas}
        </button>
      )}
    </div>
  )
}

/** The log by pages and its sums. Another question begins again; what was asked before and comes late is not shown. */
function useBitacora(sesion: DeSeccion['sesion'], base: string, consulta: string, filtrada: string) {
  const [paginas, setPaginas] = useState<Pagina[]>([])
  const [sumas, setSumas] = useState<Sumas[] | null>(null)
  const [codigo, setCodigo] = useState<string | null>(null)
  useEffect(() => {
    let vivo = true
    setPaginas([])
    void sesion.pedir<Pagina>(`${base}?${filtrada}`).then((r) => {
      if (!vivo) return
      setCodigo(r.ok ? null : r.codigo)
      if (r.ok) setPaginas([r.valor])
    })
    return () => {
      vivo = false
    }
  }, [sesion, base, filtrada])
  useEffect(() => {
    let vivo = true
    void sesion.pedir<Sumas[]>(`${base}/resumen?${consulta}`).then((r) => vivo && r.ok && setSumas(r.valor))
    return () => {
      vivo = false
    }
  }, [sesion, base, consulta])
  const siguiente = paginas.at(-1)?.siguiente ?? null
  const seguir = useCallback(async () => {
    if (siguiente === null) return
    const r = await sesion.pedir<Pagina>(`${base}?${filtrada}&antesDe=${encodeURIComponent(siguiente)}`)
    setCodigo(r.ok ? null : r.codigo)
    if (r.ok) setPaginas((antes) => (antes.at(-1)?.siguiente === siguiente ? [...antes, r.valor] : antes))
  }, [sesion, base, filtrada, siguiente])
  return { paginas, sumas, codigo, seguir: () => void seguir() }
}

interface DeFiltro {
  rotulo: string
  valor: string
  alElegir: (valor: string) => void
  opciones: [string, string][]
}
function Filtro({ rotulo, valor, alElegir, opciones }: DeFiltro) {
  return (
    <label className="em-filtro">
      <span className="vh">{rotulo}</span>
      <span className="in">
        <select value={valor} onChange={(e) => alElegir(e.currentTarget.value)}>
          <option value="">{`${rotulo}: ${t.todo.toLowerCase()}`}</option>
          {opciones.map(([clave, texto]) => (
            <option key={clave} value={clave}>
              {texto}
            </option>
          ))}
        </select>
      </span>
    </label>
  )
}

/** `quien` null: all of them are of one person. */
function Tabla({ renglones, zona, quien }: { renglones: Renglon[]; zona: string; quien: Map<string, string> | null }) {
  return (
    <div className="tw">
      <table className="t cards em-bitacora">
        <thead>
          <tr>
            <th>{t.cuando}</th>
            {quien && <th>{t.quien}</th>}
            <th>{t.que}</th>
            <th className="num">{t.monto}</th>
            <th>{t.dondeEquipo}</th>
            <th>{t.detalle}</th>
          </tr>
        </thead>
        <tbody>
          {renglones.map((r) => (
            <tr key={r.id}>
              <td className="n nw">{diaYHora(r.at, zona)}</td>
              {quien && <td>{quien.get(r.empleadoId ?? '') ?? <span className="mut">{t.nadie}</span>}</td>}
              <td>
                <Que de={r} />
              </td>
              <td className="num nw">
                {r.monto !== null && pesos(Math.round(r.monto * 100))}
                {r.puntos ? <span className="mut">{` +${r.puntos}`}</span> : null}
              </td>
              <td className="sm">
                {r.equipo}
                {r.offline && (
                  <span className="mut nw">
                    {' '}
                    <CloudOff className="i s" aria-hidden="true" /> {t.sinRed}
                  </span>
                )}
              </td>
              <td className="sm ink2">{[r.cliente, detalleDe(r)].filter(Boolean).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Que({ de: { tipo, resultado, folio } }: { de: Renglon }) {
  return (
    <>
      <b>{resultado === 'ok' ? t[tipo] : t.intento(tipo === 'login' ? t.entrada : t[tipo])}</b>{' '}
      {folio && <span className="mono sm mut">{folio}</span>}
      {resultado !== 'ok' && <span className="tag bad em-rechazo">{tieneTexto(resultado) ? textoDe(resultado) : resultado}</span>}
    </>
  )
}

const MOTIVOS: Record<string, string> = {
  baja: t.motivo_baja,
  pin_nuevo: t.motivo_pin_nuevo,
  inactividad: t.motivo_inactividad,
  sesion: t.motivo_sesion,
  abrir: t.motivo_abrir,
  cerrar: t.motivo_cerrar,
}

/** A reason in words where it is one of ours; a permission by its name; else as somebody wrote it. */
function detalleDe({ tipo, resultado, detalle }: Renglon): string {
  if (detalle === null) return ''
  if (tipo === 'logout' || tipo === 'turno') return MOTIVOS[detalle] ?? detalle
  const accion = resultado === 'ok' ? undefined : ACCIONES_SCANYA.find((una) => una === detalle)
  return accion ? t[accion] : detalle
}

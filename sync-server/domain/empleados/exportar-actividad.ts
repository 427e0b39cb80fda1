/** EMP-14, 16. The log as a file for a spreadsheet. */
import papa from 'papaparse'
import { pesosDesdeCentavos } from '../../../schema/core/dinero.ts'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { proteger } from '../../../schema/domain/articulos/csv.ts'
import type { Deps } from '../../context.ts'
import { leerRenglones, type Renglon } from './actividad.sql.ts'
import { type ConsultaDePagina, FILAS_MAXIMAS, masNuevo, pasa, ventanaDe } from './consultar-actividad.ts'

const COLUMNAS = [
  ...([
    'dia',
    'hora',
    'empleado',
    'nick',
    'tipo',
    'resultado',
    'folio',
    'monto',
    'puntos',
    'cliente',
    'equipo',
    'detalle',
    'sin_red',
  ] as const),
] as const
/** Spreadsheets read UTF-8 by this. */
const MARCA = '\ufeff'

/** Newest first, in the hours of the place; at most 20,000 rows. No cell is a formula. @throws Rechazo as leerActividad */
export function exportarActividad(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  q: Omit<ConsultaDePagina, 'antesDe' | 'limit'>,
): Promise<string> {
  return deps.db.negocio(negocioId, async (sql) => {
    const { ventana, zona } = await ventanaDe(sql, deps, negocioId, q)
    const gente = await sql<{ id: string; nombre: string; nick: string }[]>`
      select id, nombre, nick from empleados where negocio_id = ${negocioId}`
    const leidos = await leerRenglones(sql, { ...ventana, tope: FILAS_MAXIMAS })
    const porId = new Map(gente.map((e) => [e.id, e]))
    const filas = leidos
      .filter((r) => pasa(r, q))
      .sort(masNuevo)
      .slice(0, FILAS_MAXIMAS)
      .map((r) => celdasDe(r, zona, porId.get(r.empleadoId ?? '')))
    return `${MARCA}${papa.unparse([[...COLUMNAS], ...filas], { newline: '\r\n' })}\r\n`
  })
}

function celdasDe(r: Renglon, zona: string, quien: { nombre: string; nick: string } | undefined): string[] {
  const hora = new Intl.DateTimeFormat('en-GB', { timeZone: zona, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(r.at)
  const monto = r.montoCentavos === null ? '' : pesosDesdeCentavos(r.montoCentavos)
  const textos = [quien?.nombre, quien?.nick, r.tipo, r.resultado, r.folio, monto, r.puntos, r.cliente, r.equipo, r.detalle]
  return [diaLocal(r.at, zona), hora, ...textos.map((texto) => proteger(String(texto ?? ''))), r.offline ? 'si' : '']
}

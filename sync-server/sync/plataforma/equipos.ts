/** The row of a device in `estado_dispositivos`: what was known, what the ledger says of it, what was noted, folded into what the Panel shows. Pure. */

import { MINUTO } from '../../../schema/core/tiempo.ts'
import type { EquipoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { atencionDe, enLinea, revisarAt } from './atencion.ts'
import { envejecer, type Histograma, percentil, sumar } from './histograma.ts'
import type { NotaDeEquipo } from './notas.ts'
import { plegarTexto } from './plegar.ts'

/** Nothing longer than this between two exchanges of one stretch of contact. */
export const TRAMO_MS = 5 * MINUTO
/** The percentiles of a device speak of about this many of its last hechos. */
const ULTIMOS_HECHOS = 400
/** Of an `integer` column: what a till says of itself is not signed, and one that lies must not stop the others. */
const ENTERO_MAXIMO = 2_147_483_647

/** Row of estado_dispositivos, camelCase; instants in ms. */
export interface FilaDeEquipo {
  id: string
  deNegocio: string
  numero: number
  negocio: string
  sucursalId: string | null
  sucursal: string | null
  nombre: string
  tipo: 'caja' | 'studio'
  serie: string
  bajaAt: number | null
  ultimoContactoAt: number | null
  tramoDesdeAt: number | null
  pendientes: number | null
  masAntiguoAt: number | null
  offsetMs: number | null
  almacenUsadoBytes: number | null
  cuotaBytes: number | null
  persistente: boolean | null
  versionApp: string | null
  protocolo: number | null
  recibidos: number
  sinProcesar: number
  huecoAt: number | null
  bifurcadaAt: number | null
  retrasos: Histograma
  retrasoP50: number | null
  retrasoP95: number | null
  atencion: EquipoDePlataforma['atencion']
  enLinea: boolean
  revisarAt: number | null
  busca: string
}

/** What the ledger and the tenant's own tables say of a device. */
export type VerdadDeEquipo = Pick<
  FilaDeEquipo,
  | 'id'
  | 'deNegocio'
  | 'numero'
  | 'negocio'
  | 'sucursalId'
  | 'sucursal'
  | 'nombre'
  | 'tipo'
  | 'serie'
  | 'bajaAt'
  | 'sinProcesar'
  | 'huecoAt'
  | 'bifurcadaAt'
>

const CALLADO: Omit<FilaDeEquipo, keyof VerdadDeEquipo | 'busca'> = {
  ultimoContactoAt: null,
  tramoDesdeAt: null,
  pendientes: null,
  masAntiguoAt: null,
  offsetMs: null,
  almacenUsadoBytes: null,
  cuotaBytes: null,
  persistente: null,
  versionApp: null,
  protocolo: null,
  recibidos: 0,
  retrasos: [],
  retrasoP50: null,
  retrasoP95: null,
  atencion: [],
  enLinea: false,
  revisarAt: null,
}

/** The row as it is to be. `previa` undefined: never written; `nota` undefined: only time passed, or the ledger moved. `ahora`: ms of the server. */
export function moverEquipo(
  previa: FilaDeEquipo | undefined,
  verdad: VerdadDeEquipo,
  nota: NotaDeEquipo | undefined,
  ahora: number,
): FilaDeEquipo {
  const fila: FilaDeEquipo = { ...CALLADO, ...previa, ...verdad, busca: buscaDe(verdad) }
  if (nota) {
    oir(fila, nota)
    fila.recibidos += nota.recibidos
    fila.retrasos = envejecer(sumar(fila.retrasos, nota.retrasos), ULTIMOS_HECHOS)
    fila.retrasoP50 = percentil(fila.retrasos, 0.5)
    fila.retrasoP95 = percentil(fila.retrasos, 0.95)
  }
  const sabido = { ...fila, almacenBytes: fila.almacenUsadoBytes }
  return { ...fila, atencion: atencionDe(sabido, ahora), enLinea: enLinea(sabido, ahora), revisarAt: revisarAt(sabido, ahora) }
}

/** Of two nodes the one that heard it later is believed, whichever writes first. */
function oir(fila: FilaDeEquipo, { at, desdeAt, estado, protocolo }: NotaDeEquipo): void {
  if (at === null || desdeAt === null) return
  const previo = fila.ultimoContactoAt
  if (previo !== null && at < previo) return
  if (previo === null || fila.tramoDesdeAt === null || desdeAt - previo > TRAMO_MS) fila.tramoDesdeAt = desdeAt
  fila.ultimoContactoAt = at
  fila.protocolo = protocolo ?? fila.protocolo
  if (!estado) return
  fila.pendientes = Math.min(estado.pendientes, ENTERO_MAXIMO)
  fila.masAntiguoAt = estado.masAntiguoAt === null ? null : Math.min(estado.masAntiguoAt, at)
  fila.offsetMs = estado.offset
  fila.almacenUsadoBytes = estado.almacenBytes
  fila.cuotaBytes = estado.cuotaBytes ?? null
  fila.persistente = estado.persistente ?? null
  fila.versionApp = estado.versionApp
}

const buscaDe = (v: VerdadDeEquipo): string => plegarTexto(`${v.negocio} ${v.sucursal ?? ''} ${v.nombre} ${v.serie}`)

export const documentoDeEquipo = (f: FilaDeEquipo): EquipoDePlataforma => ({
  id: f.id,
  negocioId: f.deNegocio,
  negocio: f.negocio,
  sucursalId: f.sucursalId,
  sucursal: f.sucursal,
  nombre: f.nombre,
  tipo: f.tipo,
  serie: f.serie,
  bajaAt: f.bajaAt,
  ultimoContactoAt: f.ultimoContactoAt,
  enLinea: f.enLinea,
  pendientes: f.pendientes,
  masAntiguoAt: f.masAntiguoAt,
  offsetMs: f.offsetMs,
  almacenBytes: f.almacenUsadoBytes,
  cuotaBytes: f.cuotaBytes,
  persistente: f.persistente,
  versionApp: f.versionApp,
  protocolo: f.protocolo,
  recibidos: f.recibidos,
  sinProcesar: f.sinProcesar,
  retrasoP50: f.retrasoP50,
  retrasoP95: f.retrasoP95,
  atencion: f.atencion,
})

/** Verdicts somebody should know of, and what became of them. Pure. */
import { esTextoGuardable } from '../../../schema/core/textos.ts'
import type { EstadoVeredicto, Retencion } from '../../../schema/domain/hechos/libro.ts'
import type { Resultado, VeredictoDeNota } from '../../../schema/protocol/plataforma.ts'
import { abrirSobre } from '../sobres.ts'
import type { NotaDeVeredicto } from './notas.ts'
import { plegarTexto } from './plegar.ts'

/** Row of veredictos_de_nota. */
export type FilaDeVeredicto = Omit<VeredictoDeNota, 'negocioId'> & { deNegocio: string; busca: string }

/** Where and what, as the tables of its negocio say it. */
export interface MarcoDeVeredicto {
  id: string
  negocio: string
  dispositivo: string | null
  sucursal: string | null
  cuerpo: string | null
}

const EN_ESPERA_DE_ALGUIEN: readonly string[] = ['en_revision', 'en_espera', 'sin_procesar'] satisfies EstadoVeredicto[]

/** `retenciones`: of its sale; `visto`: a person decided on what was in review. */
export function resultadoDe(estado: string, retenciones: readonly Pick<Retencion, 'estado'>[], visto: boolean): Resultado {
  if (estado !== 'retenido') return EN_ESPERA_DE_ALGUIEN.includes(estado) && !visto ? 'pendiente' : 'cerrado'
  const hay = (cual: Retencion['estado']) => retenciones.some((r) => r.estado === cual)
  if (hay('rechazada')) return 'rechazado'
  if (hay('caducada')) return 'caducado'
  return hay('levantada') && !hay('activa') ? 'acreditado' : 'pendiente'
}

/** The one its row shows; null: it has none. */
export const primeraRegla = ({ motivos }: NotaDeVeredicto['veredicto']): string | null => motivos[0]?.regla ?? null

/** Names are frozen at the hour of the verdict: a device that is renamed later was another one then. */
export function filaDeVeredicto(
  { id, negocioId, veredicto: v, at }: NotaDeVeredicto,
  m: MarcoDeVeredicto,
  resultado: Resultado,
): FilaDeVeredicto {
  const sobre = m.cuerpo === null ? null : abrirSobre(m.cuerpo, v.cadenaId, v.seq)
  const { folio, montoCentavos } = (sobre?.datos ?? {}) as { folio?: unknown; montoCentavos?: unknown }
  const dicho = {
    negocio: m.negocio,
    sucursal: m.sucursal ?? '',
    dispositivo: m.dispositivo ?? '',
    folio: folioGuardable(folio),
  }
  return {
    id,
    deNegocio: negocioId,
    ...dicho,
    dispositivoId: v.dispositivoId,
    hechoId: v.hechoId,
    tipo: v.tipo,
    estado: v.estado,
    regla: primeraRegla(v),
    codigo: v.motivos[0]?.codigo ?? v.estado,
    montoCentavos: Number.isSafeInteger(montoCentavos) ? (montoCentavos as number) : null,
    puntos: v.puntos,
    effAt: v.effAt,
    juzgadoAt: at,
    resultado,
    busca: plegarTexto(`${dicho.negocio} ${dicho.sucursal} ${dicho.dispositivo} ${dicho.folio ?? ''}`),
  }
}

/** An entry that was not understood may say anything: what no column takes must not keep every other row from being written. */
function folioGuardable(folio: unknown): string | null {
  const corto = typeof folio === 'string' ? folio.slice(0, LARGO_DE_FOLIO) : null
  return corto !== null && esTextoGuardable(corto) ? corto : null
}
const LARGO_DE_FOLIO = 40

export const documentoDeNota = (f: FilaDeVeredicto): VeredictoDeNota => ({
  id: f.id,
  negocioId: f.deNegocio,
  negocio: f.negocio,
  sucursal: f.sucursal,
  dispositivoId: f.dispositivoId,
  dispositivo: f.dispositivo,
  hechoId: f.hechoId,
  tipo: f.tipo,
  estado: f.estado,
  regla: f.regla,
  codigo: f.codigo,
  montoCentavos: f.montoCentavos,
  puntos: f.puntos,
  folio: f.folio,
  effAt: f.effAt,
  juzgadoAt: f.juzgadoAt,
  resultado: f.resultado,
})

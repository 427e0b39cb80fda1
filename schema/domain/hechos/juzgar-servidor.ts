/** Hechos of the server's own chain: what depends on time is written down too, so that the ledger is a fold of what was accepted. */
import { abrirVeredicto, lugar, veredictoDe } from './dictamen.ts'
import { dictaminar, horaDe } from './dictaminar.ts'
import { declararHuerfano, sacarDeEspera } from './espera.ts'
import type { Cambios, Juez, Libro, RegistroDeJueces } from './libro.ts'
import { cerrarRetencion, retencionesActivas } from './mover-puntos.ts'
import type { Entrada } from './sobre.ts'
import type { CanjeCreado, EsperaVencida, Reproceso, RetencionVencida } from './tipos.ts'

/** Judge of `retencion.vencida`: what the hold says is done at its end. No effect when it is not active any more. */
export function juzgarRetencionVencida(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as RetencionVencida
  const t = libro.transacciones.get(datos.transaccionId)
  const retencion = t && retencionesActivas(libro, t).find((r) => r.regla === datos.regla)
  if (!t || !retencion) return
  const estado = retencion.alVencer === 'acreditar' ? 'levantada' : 'caducada'
  veredictoDe(cambios, entrada).puntos = cerrarRetencion(libro, cambios, entrada, t, retencion, estado)
}

/** Judge of `espera.vencida`: the entry it names becomes an orphan, if it still waits. */
export function juzgarEsperaVencida(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const huerfano = sacarDeEspera(libro, cambios, entrada.sobre.datos as EsperaVencida)
  if (!huerfano) return
  abrirVeredicto(libro, cambios, huerfano, horaDe(libro, huerfano))
  declararHuerfano(cambios, huerfano, entrada.recibidoAt)
}

/**
 * Judge of `reproceso`: the named entry again, by today's rules, at the hour of its first verdict. `nombradas` must hold only entries whose
 * verdict is `sin_procesar`: one that had effects is not judged twice.
 */
export const juezDeReproceso =
  (registro: () => RegistroDeJueces): Juez =>
  (libro, cambios, entrada) => {
    const nombrada = libro.nombradas.get(lugar(entrada.sobre.datos as Reproceso))
    if (!nombrada || nombrada.sobre.tipo === 'reproceso' || libro.transacciones.has(nombrada.sobre.id)) return
    if (esCanjePasado(nombrada, entrada.recibidoAt)) return
    dictaminar(libro, cambios, nombrada, horaDe(libro, nombrada), registro())
  }

/** A canje whose 15 minutes are over: its shopper was told that there is none, and points would be set apart for what nobody may give. */
const esCanjePasado = ({ sobre: { tipo, datos } }: Entrada, ahora: number): boolean =>
  tipo === 'canje.creado' && ahora > (Object(datos) as CanjeCreado).venceAt

/** PTS-24 a second time (decision 0040): which points of a balance expire with which month, what goes first, and what went already. */
import type { Saldo, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import type { Fold } from './fold.ts'
import type { Renglon } from './libro.ts'

// biome-ignore lint/suspicious/noExplicitAny: what the server wrote
type Datos = any
type Montones = Map<number, number>
const MEDIO_DIA_MS = 43_200_000

/** `2027-03` is 24326: months counted from year 0. */
function mesDelInstante(ms: number): number {
  const [anio = '', mes = ''] = new Date(ms).toISOString().split('-')
  return Number(anio) * 12 + Number(mes) - 1
}

const abrir = (lotes: Saldo['porVencer']): Montones => new Map((lotes ?? []).map(({ mes, puntos }) => [mes, puntos]))
function anotados(montones: Montones): Saldo['porVencer'] {
  const filas = [...montones].filter(([, puntos]) => puntos !== 0).map(([mes, puntos]) => ({ mes, puntos }))
  filas.sort((a, b) => a.mes - b.mes)
  return filas.length === 0 ? null : filas
}
const agregar = (montones: Montones, mes: number, puntos: number) => montones.set(mes, (montones.get(mes) ?? 0) + puntos)

function mesDe(fold: Fold, t: Transaccion): number | null {
  const meses = fold.insumos.versiones.find((v) => v.version === t.configVersion)?.expiranEnMeses
  return meses ? mesDelInstante(t.recibidoAt) + meses : null
}

/** Points of a sale came into a balance. */
export function guardarEnSuMes(fold: Fold, r: Renglon, t: Transaccion, puntos: number): void {
  const mes = mesDe(fold, t)
  if (mes === null || t.clienteId === null) return
  const saldo = fold.saldo(t.clienteId)
  const montones = abrir(saldo.porVencer)
  agregar(montones, Math.max(mes, mesDelInstante(r.recibidoAt)), puntos)
  saldo.porVencer = anotados(montones)
}

/** Points went out: of the first month while it has some, then of the next. */
export function sacarDeSusMeses(saldo: Saldo, puntos: number): void {
  const montones = abrir(saldo.porVencer)
  let quedan = puntos
  for (const mes of [...montones.keys()].sort((a, b) => a - b)) {
    const hay = montones.get(mes) ?? 0
    montones.set(mes, hay > quedan ? hay - quedan : 0)
    quedan = hay > quedan ? 0 : quedan - hay
  }
  saldo.porVencer = anotados(montones)
}

/** Of what a returned sale owes, how much expired before; it is not owed any more. */
export function yaExpiraron(fold: Fold, t: Transaccion, saldo: Saldo, puntos: number): number {
  const mes = mesDe(fold, t)
  const montones = abrir(saldo.vencidos)
  const hay = mes === null ? 0 : (montones.get(mes) ?? 0)
  const perdonados = hay < puntos ? hay : puntos
  if (mes !== null) montones.set(mes, hay - perdonados)
  saldo.vencidos = anotados(montones)
  return perdonados
}

export function puntosExpirados(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const saldo = fold.libro.saldos.get(datos.usuarioId)
  const esteMes = mesDelInstante(r.recibidoAt - MEDIO_DIA_MS)
  if (!saldo || datos.hasta >= esteMes) return
  const montones = abrir(saldo.porVencer)
  const pasados = [...montones].filter(([mes]) => mes <= datos.hasta).sort(([a], [b]) => a - b)
  if (pasados.length === 0) return
  let bajoCanje = saldo.puntosApartados
  let salvados = 0
  let expiran = 0
  const vencidos = abrir(saldo.vencidos)
  for (const mes of vencidos.keys()) if (mes <= datos.hasta - 24) vencidos.delete(mes)
  for (const [mes, puntos] of pasados) {
    montones.delete(mes)
    const salva = puntos < bajoCanje ? puntos : bajoCanje
    bajoCanje -= salva
    salvados += salva
    expiran += puntos - salva
    agregar(vencidos, mes, puntos - salva)
  }
  agregar(montones, mesDelInstante(r.recibidoAt), salvados)
  saldo.porVencer = anotados(montones)
  saldo.vencidos = anotados(vencidos)
  if (expiran === 0) return
  saldo.puntosDisponibles -= expiran
  v.puntos = -expiran
  fold.libro.historial.push({
    id: r.sobre.id,
    usuarioId: datos.usuarioId,
    sucursalId: null,
    tipo: 'expirado',
    puntos: -expiran,
    montoCentavos: null,
    multiplicadorPct: null,
    nivelAlMomento: null,
    transaccionId: null,
    descripcion: 'Puntos vencidos',
    effAt: r.effAt,
  })
}

/** R4 and R5 a second time (decision 0035): points set apart, given, or back; and the shifts of tills, which move nothing. */
import type { Canje, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import { sacarDeSusMeses } from './expirados.ts'
import type { Fold } from './fold.ts'
import type { Renglon } from './libro.ts'
import { abonar } from './saldos.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a till or the server wrote
type Datos = any
const GRACIA_MS = 30_000

export function canjeCreado(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const { libro } = fold
  const no = (codigo: 'CLIENTE_NO_ENCONTRADO' | 'PUNTOS_INSUFICIENTES') => fold.cambiar(v, 'sin_procesar', { regla: null, codigo })
  if (!libro.clientes.has(datos.usuarioId)) return void no('CLIENTE_NO_ENCONTRADO')
  if (datos.puntos > (libro.saldos.get(datos.usuarioId)?.puntosDisponibles ?? 0)) return void no('PUNTOS_INSUFICIENTES')
  const saldo = fold.saldo(datos.usuarioId)
  saldo.puntosDisponibles -= datos.puntos
  saldo.puntosApartados += datos.puntos
  v.puntos = -datos.puntos
  libro.canjes.set(r.sobre.id, {
    id: r.sobre.id,
    numero: datos.numero,
    usuarioId: datos.usuarioId,
    cardId: datos.cardId,
    recompensaId: datos.recompensaId,
    nombre: datos.nombre,
    puntos: datos.puntos,
    valorCentavos: datos.valorCentavos,
    sucursalId: datos.sucursalId,
    qr: datos.qr,
    venceAt: datos.venceAt,
    estado: 'pendiente',
    apartado: true,
    creadoAt: r.effAt,
    cerradoAt: null,
    dispositivoId: null,
    cadenaId: null,
    empleadoId: null,
  })
  fold.despertar(r.sobre.id)
}

export function canjeConfirmado(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const canje = fold.libro.canjes.get(datos.canjeId)
  if (!canje) return void fold.esperar(r, datos.canjeId, v)
  if (canje.estado === 'confirmado') {
    if (canje.cadenaId !== r.cadenaId) fold.cambiar(v, 'en_revision', { regla: 'R4', codigo: 'canje_doble' })
    return
  }
  if (r.effAt > canje.venceAt + GRACIA_MS) return void fold.cambiar(v, 'en_revision', { regla: 'R5', codigo: 'canje_vencido' })
  if (canje.estado !== 'pendiente') fold.cambiar(v, 'en_revision', { regla: 'R5', codigo: 'canje_tardio' })
  gastar(fold, r, canje, v)
  const { sucursalId, operador } = r.sobre
  if (canje.sucursalId && sucursalId && canje.sucursalId !== sucursalId)
    fold.cambiar(v, v.estado, { regla: null, codigo: 'canje_otra_sucursal' })
  const baja = fold.quienEstaDeBaja(r)
  if (baja) fold.cambiar(v, 'en_revision', { regla: 'R10', codigo: baja })
  if (!fold.licenciaCubre(r)) fold.cambiar(v, 'en_revision', { regla: 'R15', codigo: 'sin_licencia' })
  canje.estado = 'confirmado'
  canje.cerradoAt = r.effAt
  canje.dispositivoId = fold.dispositivo(r)
  canje.cadenaId = r.cadenaId
  canje.empleadoId = operador?.tipo === 'empleado' ? operador.id : null
}

function gastar(fold: Fold, r: Renglon, canje: Canje, v: Veredicto): void {
  const saldo = fold.saldo(canje.usuarioId)
  sacarDeSusMeses(saldo, canje.apartado ? canje.puntos : Math.min(canje.puntos, saldo.puntosDisponibles))
  if (canje.apartado) saldo.puntosApartados -= canje.puntos
  else {
    v.puntos = -canje.puntos
    const queda = saldo.puntosDisponibles - canje.puntos
    saldo.puntosDisponibles = queda > 0 ? queda : 0
    if (queda < 0) saldo.sobregiro += -queda
  }
  canje.apartado = false
  fold.libro.historial.push({
    id: r.sobre.id,
    usuarioId: canje.usuarioId,
    sucursalId: r.sobre.sucursalId,
    tipo: 'canjeado',
    puntos: -canje.puntos,
    montoCentavos: null,
    multiplicadorPct: null,
    nivelAlMomento: null,
    transaccionId: null,
    descripcion: canje.nombre,
    effAt: r.effAt,
  })
}

export const canjeCerrado =
  (como: 'cancelado' | 'expirado') =>
  (fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void => {
    const canje = fold.libro.canjes.get(datos.canjeId)
    if (!canje) return void fold.esperar(r, datos.canjeId, v)
    if (canje.estado === 'confirmado') return void fold.cambiar(v, v.estado, { regla: 'R4', codigo: 'CANJE_YA_ENTREGADO' })
    if (canje.estado === 'pendiente') {
      canje.estado = como
      canje.cerradoAt = r.effAt
    }
    if (!datos.devolver || !canje.apartado) return
    canje.apartado = false
    fold.saldo(canje.usuarioId).puntosApartados -= canje.puntos
    // What pays an overdraft is spent.
    sacarDeSusMeses(fold.saldo(canje.usuarioId), canje.puntos - abonar(fold, canje.usuarioId, canje.puntos))
    v.puntos = canje.puntos
  }

export function turno(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const { turnos } = fold.libro
  const quien = r.sobre.operador?.id ?? null
  const nuevo = {
    id: datos.turnoId,
    dispositivoId: fold.dispositivo(r),
    sucursalId: r.sobre.sucursalId,
    abiertoPor: quien,
    cerradoPor: null,
    fondoCentavos: datos.accion === 'abrir' ? datos.fondoCentavos : 0,
    contadoCentavos: null,
    resumen: null,
    nota: null,
    abiertoAt: r.effAt,
    cerradoAt: null,
  }
  const previo = turnos.get(datos.turnoId)
  if (!previo) turnos.set(datos.turnoId, nuevo)
  if (datos.accion === 'abrir') return
  if (previo && previo.cerradoAt !== null) return void fold.cambiar(v, v.estado, { regla: 'R1', codigo: 'TURNO_CERRADO' })
  const { contadoCentavos, resumen, nota } = datos
  Object.assign(turnos.get(datos.turnoId) ?? {}, { cerradoPor: quien, contadoCentavos, resumen, nota, cerradoAt: r.effAt })
}

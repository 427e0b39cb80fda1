/**
 * The separate oracle: a plain fold over what was accepted, in order, to the ledger it must have produced. It keeps everything in memory, knows
 * no batches, and shares no code with the judge.
 */
import type { Motivo, Retencion, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import { canjeCerrado, canjeConfirmado, canjeCreado, turno } from './canjes.ts'
import { cambioDeMonto, reclamo } from './correcciones.ts'
import { devolverUso, usarCupon } from './cupones.ts'
import type { Insumos, QrDeTarjeta, Recibido } from './insumos.ts'
import { LibroDelOraculo, lugarDe, type Renglon } from './libro.ts'
import {
  calcularVenta,
  devueltosEnTotal,
  diaEn,
  enVigor,
  horaEfectiva,
  PLAZO_MS,
  relojesNoCuadran,
  seSaleDeLaMediana,
  valeUnNivel,
} from './reglas.ts'

// biome-ignore lint/suspicious/noExplicitAny: the bodies of hechos, opened by kind
type Datos = any

/** What a till said a sale would earn, and by which version. */
interface Promesa {
  version: number
  puntos: number
}

/** `veneno`: true when the judge of that time threw on this entry (a planted bug). */
export function plegar(insumos: Insumos, veneno: (recibido: Recibido, sobre: Sobre) => boolean = () => false): LibroDelOraculo {
  const fold = new Fold(insumos)
  for (const recibido of insumos.recibidos) fold.recibir(recibido, veneno)
  return fold.libro
}

export class Fold {
  readonly libro = new LibroDelOraculo()
  readonly insumos: Insumos

  constructor(insumos: Insumos) {
    this.insumos = insumos
  }

  recibir(r: Recibido, veneno: (recibido: Recibido, sobre: Sobre) => boolean): void {
    if (r.variante > 0) return // a fork is kept for a person, not judged
    if (r.cuerpo === null) {
      this.libro.huecos.add(r.cadenaId)
      return
    }
    const sobre = JSON.parse(r.cuerpo) as Sobre
    const effAt = horaEfectiva(sobre.tiempo, this.libro.horas.get(r.cadenaId) ?? 0, this.#qr(sobre)?.tsMs ?? null, r.recibidoAt)
    this.libro.horas.set(r.cadenaId, effAt)
    const renglon: Renglon = { n: r.n, cadenaId: r.cadenaId, seq: r.seq, recibidoAt: r.recibidoAt, sobre, effAt }
    this.libro.leidos.set(lugarDe(renglon), renglon)
    if (!this.libro.vistos.has(sobre.id)) this.libro.vistos.set(sobre.id, lugarDe(renglon))
    if (veneno(r, sobre)) this.#dictar(renglon, 'sin_procesar', [{ regla: null, codigo: 'INTERNAL' }])
    else this.#juzgar(renglon)
  }

  #juzgar(r: Renglon): void {
    const { sobre } = r
    if (this.libro.vistos.get(sobre.id) !== lugarDe(r)) return void this.#dictar(r, 'duplicado', [{ regla: 'R1', codigo: 'duplicado' }])
    if (sobre.negocioId !== this.insumos.negocioId) return void this.#dictar(r, 'sin_procesar', [{ regla: null, codigo: 'NEGOCIO_AJENO' }])
    if (SOLO_DEL_SERVIDOR.has(sobre.tipo) && this.dispositivo(r) !== null)
      return void this.#dictar(r, 'sin_procesar', [{ regla: null, codigo: 'SIN_PERMISO' }])
    const v = this.#dictar(r, 'aceptado', [])
    const juez = JUECES[sobre.tipo]
    if (juez) juez(this, r, sobre.datos, v)
    else this.cambiar(v, 'sin_procesar', { regla: null, codigo: 'HECHO_DESCONOCIDO' })
  }

  // --- the kinds of hecho, called through JUECES

  cadenaAbierta(_r: Renglon, datos: Datos, v: Veredicto): void {
    if (datos.motivo === 'diario_perdido') v.motivos = [{ regla: null, codigo: 'cadena_nueva' }]
  }

  venta(r: Renglon, datos: Datos, v: Veredicto): void {
    const { sobre } = r
    const conLicencia = this.#contarLicencia(r)
    const t = { ...this.#ventaSinCliente(r, datos), sinLicencia: !conLicencia }
    this.libro.transacciones.set(t.id, t)
    const qr = datos.qr === null && datos.tarjeta ? this.#escrita(r, datos.tarjeta, t) : this.#qr(sobre)
    if (datos.qr !== null && !qr) this.cambiar(v, 'en_revision', { regla: null, codigo: 'qr_invalido' })
    if (datos.qr === null && datos.tarjeta && !qr) this.cambiar(v, 'en_revision', { regla: null, codigo: 'TARJETA_CLAVE' })
    if (datos.cupon) usarCupon(this, r, datos, v, t, qr)
    if (qr) this.atender(r, v, t, qr, { conLicencia, promesa: { version: datos.configVersion, puntos: datos.puntosPrometidos } })
    if (t.montoCentavos > 0) this.libro.montos.push(t.montoCentavos)
    const falta = datos.lineas.some((l: { articuloId: string }) => !this.insumos.disponible(l.articuloId, sobre.id))
    if (falta) this.cambiar(v, v.estado, { regla: 'R13', codigo: 'articulo_no_disponible' })
    this.despertar(sobre.id)
  }

  /** What waited for it, in order of acceptance. */
  despertar(id: string): void {
    const esperaban = [...(this.libro.espera.get(id) ?? [])].sort((a, b) => a.n - b.n)
    this.libro.espera.delete(id)
    for (const hijo of esperaban) this.#juzgar(hijo)
  }

  reembolso(r: Renglon, datos: Datos, v: Veredicto): void {
    const t = this.padre(r, datos.transaccionId, v)
    if (!t) return
    const queda = t.estado === 'anulada' ? 0 : t.montoCentavos - t.reembolsadoCentavos
    const aplicado = queda < datos.montoCentavos ? queda : datos.montoCentavos
    if (aplicado > 0) {
      t.reembolsadoCentavos += aplicado
      t.motivo = datos.motivo
      for (const { articuloId, cantidad } of datos.lineas ?? []) devolverLinea(t, articuloId, cantidad)
      const debidos = devueltosEnTotal(t.puntosOtorgados, t.reembolsadoCentavos, t.montoCentavos)
      this.#tomar(r, t, debidos - t.puntosDevueltos, 'devuelto', v)
      if (t.reembolsadoCentavos === t.montoCentavos) {
        t.estado = 'reembolsada'
        devolverUso(this, t)
      }
    }
    if (aplicado !== datos.montoCentavos) this.cambiar(v, 'en_revision', { regla: 'R6', codigo: 'reembolso_excedido' })
  }

  anulacion(r: Renglon, datos: Datos, v: Veredicto): void {
    const t = this.padre(r, datos.transaccionId, v)
    if (!t) return
    if (t.estado === 'anulada') return void this.cambiar(v, v.estado, { regla: 'R1', codigo: 'ya_anulada' })
    this.#tomar(r, t, t.puntosOtorgados - t.puntosDevueltos, 'anulado', v)
    for (const h of this.#holds(t)) if (h.estado === 'activa') h.estado = 'rechazada'
    t.estado = 'anulada'
    devolverUso(this, t)
    t.motivo = datos.motivo
    if (t.clienteId !== null && t.acreditada && t.puntosOtorgados > 0)
      this.libro.vida.push({
        usuarioId: t.clienteId,
        transaccionId: t.id,
        tipo: 'anulado',
        puntos: 0,
        effAt: r.effAt,
        ventaEffAt: t.effAt,
        recibidoAt: r.recibidoAt,
      })
  }

  ajuste(r: Renglon, datos: Datos, v: Veredicto): void {
    const { operador } = r.sobre
    const equipo = this.dispositivo(r)
    const desdeCaja = equipo !== null && !this.insumos.studios.has(equipo)
    const cuenta = equipo === null ? null : (this.insumos.studios.get(equipo) ?? null)
    const porOtro = cuenta !== null && operador?.id !== cuenta
    if (desdeCaja || porOtro || operador?.tipo !== 'usuario' || !this.insumos.duenos.has(operador.id))
      return void this.cambiar(v, 'sin_procesar', { regla: null, codigo: 'SIN_PERMISO' })
    const t = this.padre(r, datos.transaccionId, v)
    if (!t) return
    const hold = this.#holds(t).find((h) => h.regla === datos.regla && h.estado === 'activa')
    if (!hold) return void this.cambiar(v, 'en_revision', { regla: datos.regla, codigo: 'regla_no_retenida' })
    this.#cerrar(r, t, hold, datos.decision === 'aprobar' ? 'levantada' : 'rechazada', v)
  }

  retencionVencida(r: Renglon, datos: Datos, v: Veredicto): void {
    const t = this.libro.transacciones.get(datos.transaccionId)
    const hold = t && this.#holds(t).find((h) => h.regla === datos.regla && h.estado === 'activa')
    if (t && hold) this.#cerrar(r, t, hold, hold.alVencer === 'acreditar' ? 'levantada' : 'caducada', v)
  }

  esperaVencida(_r: Renglon, datos: Datos): void {
    for (const [padre, hijos] of this.libro.espera) {
      const hijo = hijos.find((h) => lugarDe(h) === lugarDe(datos))
      if (!hijo) continue
      this.libro.espera.set(
        padre,
        hijos.filter((h) => h !== hijo),
      )
      this.#dictar(hijo, 'huerfano', [{ regla: 'R14', codigo: 'huerfano' }])
    }
  }

  reproceso(_r: Renglon, datos: Datos): void {
    const nombrado = this.libro.leidos.get(lugarDe(datos))
    if (nombrado && this.libro.veredictos.get(lugarDe(nombrado))?.estado === 'sin_procesar') this.#juzgar(nombrado)
  }

  // --- parts of a sale

  #ventaSinCliente(r: Renglon, datos: Datos): Transaccion {
    const { sobre } = r
    return {
      id: sobre.id,
      sucursalId: sobre.sucursalId,
      dispositivoId: this.dispositivo(r),
      cadenaId: r.cadenaId,
      seq: r.seq,
      folio: datos.folio,
      clienteId: null,
      cardId: null,
      empleadoId: sobre.operador?.tipo === 'empleado' ? sobre.operador.id : null,
      montoCentavos: datos.montoCentavos,
      descripcion: datos.descripcion,
      metodoPago: datos.metodoPago,
      lineas: datos.lineas,
      puntosBase: 0,
      multiplicadorPct: 100,
      puntosOtorgados: 0,
      puntosDevueltos: 0,
      acreditada: false,
      nivelCliente: null,
      configVersion: enVigor(this.insumos.versiones, r.effAt)?.version ?? 0,
      reembolsadoCentavos: 0,
      motivo: null,
      cuponId: datos.cupon ? datos.cupon.cuponId : null,
      descuentoCentavos: datos.cupon ? datos.cupon.descuentoCentavos : 0,
      foto: datos.foto ?? null,
      montoOriginalCentavos: null,
      sinLicencia: false,
      estado: 'completada',
      effAt: r.effAt,
      recibidoAt: r.recibidoAt,
    }
  }

  /** The sale is of this client from now on: when it is made, or claimed by its ticket with nothing promised. */
  atender(r: Renglon, v: Veredicto, t: Transaccion, qr: QrDeTarjeta, de: { conLicencia: boolean; promesa: Promesa | null }): void {
    const calculo = calcularVenta(this.insumos.versiones, {
      monto: t.montoCentavos,
      nivel: qr.nivel,
      effAt: t.effAt,
      versionDeCaja: de.promesa?.version ?? 0,
      prometidos: de.promesa?.puntos ?? 0,
      conLicencia: de.conLicencia && de.promesa !== null,
    })
    Object.assign(t, { clienteId: qr.usuarioId, cardId: qr.cardId, nivelCliente: qr.nivel, puntosOtorgados: calculo.puntos })
    Object.assign(t, { puntosBase: calculo.base, multiplicadorPct: calculo.pct, configVersion: calculo.version })
    if (t.reembolsadoCentavos > 0) t.puntosDevueltos = devueltosEnTotal(calculo.puntos, t.reembolsadoCentavos, t.montoCentavos)
    const quedan = t.puntosOtorgados - t.puntosDevueltos
    this.#visita(t, qr)
    const holds = calculo.puntos > 0 ? this.#motivosParaRetener(r, t, qr, de.conLicencia) : []
    this.#contar(t, qr)
    const saldo = this.saldo(qr.usuarioId)
    saldo.sucursalId = t.sucursalId
    v.puntos = quedan
    if (holds.length === 0) {
      this.#acreditar(r, t)
      return
    }
    this.libro.retenciones.set(t.id, holds)
    for (const { regla, codigo } of holds) this.cambiar(v, 'retenido', { regla, codigo })
    saldo.puntosRetenidos += quedan
  }

  #visita(t: Transaccion, qr: QrDeTarjeta): void {
    const antes = this.libro.clientes.get(qr.usuarioId)
    const ultima = antes ? Math.max(antes.ultimaVisitaAt, t.effAt) : t.effAt
    this.libro.clientes.set(qr.usuarioId, {
      usuarioId: qr.usuarioId,
      cardId: qr.cardId,
      alias: qr.alias,
      nivelUltimaVisita: antes && antes.ultimaVisitaAt > t.effAt ? antes.nivelUltimaVisita : qr.nivel,
      visitas: 1 + (antes?.visitas ?? 0),
      gastadoCentavos: t.montoCentavos + (antes?.gastadoCentavos ?? 0),
      primeraVisitaAt: antes ? Math.min(antes.primeraVisitaAt, t.effAt) : t.effAt,
      ultimaVisitaAt: ultima,
    })
  }

  #motivosParaRetener(r: Renglon, t: Transaccion, qr: QrDeTarjeta, conLicencia: boolean): Retencion[] {
    const holds: Retencion[] = []
    const poner = (regla: Retencion['regla'], codigo: Retencion['codigo'], alVencer: Retencion['alVencer']) =>
      holds.push({ transaccionId: t.id, regla, codigo, alVencer, venceAt: r.recibidoAt + PLAZO_MS, estado: 'activa' })
    if (this.libro.qrUsados.has(`${qr.cardId} ${qr.llave} ${qr.ctr}`)) poner('R2', 'qr_repetido', 'caducar')
    const cajero = t.empleadoId === null ? null : (this.insumos.empleadosBaja.get(t.empleadoId) ?? null)
    const equipo = t.dispositivoId === null ? null : (this.insumos.dispositivosBaja.get(t.dispositivoId) ?? null)
    if (cajero !== null && t.effAt > cajero) poner('R10', 'cajero_baja', 'acreditar')
    else if (equipo !== null && t.recibidoAt > equipo) poner('R10', 'dispositivo_revocado', 'acreditar')
    if (qr.tsMs !== null && relojesNoCuadran(r.sobre.tiempo, qr.tsMs)) poner('R11', 'reloj', 'acreditar')
    if (!conLicencia) poner('R15', 'sin_licencia', 'acreditar')
    if (this.#fueraDeLoNormal(t, qr)) poner('R16', 'limite', 'caducar')
    else if (qr.llave === 'manual' && (this.libro.escritasPorEquipo.get(this.#equipoYDia(r, t)) ?? 0) > 10)
      poner('R16', 'manual', 'caducar')
    return holds
  }

  /** A typed card that its digits prove, unless three wrong ones came before it that day. */
  #escrita(r: Renglon, tarjeta: { numero: string; clave: string }, t: Transaccion): QrDeTarjeta | null {
    const donde = this.#equipoYDia(r, t)
    this.libro.escritasPorEquipo.set(donde, (this.libro.escritasPorEquipo.get(donde) ?? 0) + 1)
    const de = this.insumos.clave(tarjeta, t.effAt)
    const { nivel = null, alias = null } = this.insumos.escritas.get(lugarDe(r)) ?? {}
    const paso = de?.paso ?? null
    const quien = de && paso !== null ? { deUsuario: de.usuarioId, alias, nivel } : { deUsuario: null, alias: null, nivel: null }
    const [equipo = '', dia = ''] = donde.split(' ')
    this.libro.escritas.set(lugarDe(r), { cadenaId: r.cadenaId, seq: r.seq, equipo, dia, cardId: de?.cardId ?? null, paso, ...quien })
    if (!de) return null
    const errores = this.libro.errores.get(`${de.cardId} ${dia}`) ?? 0
    if (paso === null) this.libro.errores.set(`${de.cardId} ${dia}`, errores + 1)
    if (paso === null || errores > 2 || nivel === null || alias === null) return null
    return { usuarioId: de.usuarioId, alias, cardId: de.cardId, llave: 'manual', ctr: paso, tsMs: null, nivel }
  }

  #equipoYDia(r: Renglon, t: Transaccion): string {
    return `${this.dispositivo(r) ?? r.cadenaId} ${this.#fecha(t)}`
  }

  #fueraDeLoNormal(t: Transaccion, qr: QrDeTarjeta): boolean {
    const umbrales = enVigor(this.insumos.versiones, t.effAt)?.umbrales
    if ((this.libro.ventasDelDia.get(this.#dia(t, qr)) ?? 0) >= 6 || seSaleDeLaMediana(t.montoCentavos, this.libro.montos)) return true
    return umbrales !== undefined && valeUnNivel(qr.nivel, t.puntosOtorgados, umbrales)
  }

  #contar(t: Transaccion, qr: QrDeTarjeta): void {
    const uso = `${qr.cardId} ${qr.llave} ${qr.ctr}`
    if (qr.llave !== 'ticket' && !this.libro.qrUsados.has(uso)) this.libro.qrUsados.set(uso, t.id)
    const dia = this.#dia(t, qr)
    this.libro.ventasDelDia.set(dia, (this.libro.ventasDelDia.get(dia) ?? 0) + 1)
  }

  #dia(t: Transaccion, qr: QrDeTarjeta): string {
    return `${qr.cardId} ${this.#fecha(t)}`
  }

  #fecha(t: Transaccion): string {
    return diaEn(t.effAt, (t.sucursalId === null ? undefined : this.insumos.zonas.get(t.sucursalId)) ?? 'America/Mexico_City')
  }

  /** Counts the sale under its lease and says whether the lease covers it (R15). */
  #contarLicencia(r: Renglon): boolean {
    const id = r.sobre.licenciaId
    if (id !== null && this.#licencia(r)) this.libro.ventasPorLicencia.set(id, (this.libro.ventasPorLicencia.get(id) ?? 0) + 1)
    return this.licenciaCubre(r)
  }

  /** R15. Whether what this entry says was said under a lease: its own, in force, not used up. The server's chain needs none. */
  licenciaCubre(r: Renglon): boolean {
    if (this.dispositivo(r) === null) return true
    const licencia = this.#licencia(r)
    const ventas = this.libro.ventasPorLicencia.get(r.sobre.licenciaId ?? '') ?? 0
    return licencia !== null && r.effAt >= licencia.emitidaAt && r.effAt <= licencia.venceAt && ventas <= licencia.maxVentas
  }

  #licencia(r: Renglon) {
    const licencia = r.sobre.licenciaId === null ? undefined : this.insumos.licencias.get(r.sobre.licenciaId)
    return licencia !== undefined && licencia.dispositivoId === this.dispositivo(r) ? licencia : null
  }

  /** R10. Who says this was put out before: a cashier by the hour of it, a device by its receipt. */
  quienEstaDeBaja(r: Renglon): 'cajero_baja' | 'dispositivo_revocado' | null {
    const { operador } = r.sobre
    const cajero = operador?.tipo === 'empleado' ? (this.insumos.empleadosBaja.get(operador.id) ?? null) : null
    if (cajero !== null && r.effAt > cajero) return 'cajero_baja'
    const equipo = this.dispositivo(r)
    const deBaja = equipo === null ? null : (this.insumos.dispositivosBaja.get(equipo) ?? null)
    return deBaja !== null && r.recibidoAt > deBaja ? 'dispositivo_revocado' : null
  }

  // --- points

  #acreditar(r: Renglon, t: Transaccion): void {
    const puntos = t.puntosOtorgados - t.puntosDevueltos
    t.acreditada = true
    if (puntos === 0 || t.clienteId === null) return
    this.saldo(t.clienteId).puntosAcumulados += puntos
    this.abonar(t.clienteId, puntos)
    this.#anotar(r, t, 'ganado', puntos)
    const { effAt } = t
    const { recibidoAt } = r
    this.libro.vida.push({ usuarioId: t.clienteId, transaccionId: t.id, tipo: 'ganado', puntos, effAt, ventaEffAt: effAt, recibidoAt })
  }

  /** Points that come in: what was overdrawn is paid first. */
  abonar(usuarioId: string, puntos: number): void {
    const saldo = this.saldo(usuarioId)
    const neto = saldo.puntosDisponibles - saldo.sobregiro + puntos
    saldo.puntosDisponibles = Math.max(0, neto)
    saldo.sobregiro = Math.max(0, -neto)
  }

  /** SCAN-22. A sale is worth `diferencia` more (or less) than before, wherever its points are. */
  mover(r: Renglon, t: Transaccion, diferencia: number, v: Veredicto): void {
    if (diferencia <= 0) {
      const devueltos = t.puntosDevueltos
      this.#tomar(r, t, -diferencia, 'anulado', v)
      t.puntosDevueltos = devueltos // counted by who asks
      return
    }
    const donde = this.#enManos(t)
    if (t.clienteId === null || donde === 'nadie') return
    v.puntos = diferencia
    const saldo = this.saldo(t.clienteId)
    if (donde === 'retenidos') {
      saldo.puntosRetenidos += diferencia
      return
    }
    saldo.puntosAcumulados += diferencia
    this.abonar(t.clienteId, diferencia)
    this.#anotar(r, t, 'ganado', diferencia)
  }

  #tomar(r: Renglon, t: Transaccion, puntos: number, tipo: 'devuelto' | 'anulado', v: Veredicto): void {
    const enManos = this.#enManos(t)
    t.puntosDevueltos += puntos
    if (t.clienteId === null || enManos === 'nadie' || puntos === 0) return
    const saldo = this.saldo(t.clienteId)
    v.puntos = -puntos
    if (enManos === 'retenidos') {
      saldo.puntosRetenidos -= puntos
      return
    }
    const neto = saldo.puntosDisponibles - puntos
    if (neto < 0) {
      saldo.sobregiro -= neto
      this.cambiar(v, v.estado, { regla: 'R6', codigo: 'sobregiro' })
    }
    saldo.puntosDisponibles = Math.max(0, neto)
    this.#anotar(r, t, tipo, -puntos)
  }

  #cerrar(r: Renglon, t: Transaccion, hold: Retencion, estado: 'levantada' | 'rechazada' | 'caducada', v: Veredicto): void {
    const estaba = this.#enManos(t) === 'retenidos'
    hold.estado = estado
    const sigue = this.#enManos(t) === 'retenidos'
    if (!estaba || sigue || t.clienteId === null) return
    const restan = t.puntosOtorgados - t.puntosDevueltos
    this.saldo(t.clienteId).puntosRetenidos -= restan
    if (estado !== 'levantada') return
    this.#acreditar(r, t)
    v.puntos = restan
  }

  /** Where what remains of a sale is. */
  #enManos(t: Transaccion): 'saldo' | 'retenidos' | 'nadie' {
    if (t.acreditada) return 'saldo'
    const holds = this.#holds(t)
    const negada = holds.some((h) => h.estado === 'rechazada' || h.estado === 'caducada')
    return !negada && holds.some((h) => h.estado === 'activa') ? 'retenidos' : 'nadie'
  }

  #anotar(r: Renglon, t: Transaccion, tipo: 'ganado' | 'devuelto' | 'anulado', puntos: number): void {
    const palabra = { ganado: 'Compra', devuelto: 'Reembolso', anulado: 'Anulación' }[tipo]
    this.libro.historial.push({
      id: r.sobre.id,
      usuarioId: t.clienteId as string,
      sucursalId: t.sucursalId,
      tipo,
      puntos,
      montoCentavos: t.montoCentavos,
      multiplicadorPct: t.multiplicadorPct,
      nivelAlMomento: t.nivelCliente,
      transaccionId: t.id,
      descripcion: `${palabra} ${t.folio}`,
      effAt: r.effAt,
    })
  }

  // --- small tools

  padre(r: Renglon, id: string, v: Veredicto): Transaccion | undefined {
    const t = this.libro.transacciones.get(id)
    if (!t) this.esperar(r, id, v)
    return t
  }

  esperar(r: Renglon, id: string, v: Veredicto): void {
    this.libro.espera.set(id, [...(this.libro.espera.get(id) ?? []), r])
    this.cambiar(v, 'en_espera', { regla: 'R14', codigo: 'en_espera' })
  }

  saldo(usuarioId: string) {
    const saldo = this.libro.saldos.get(usuarioId) ?? {
      usuarioId,
      sucursalId: null,
      puntosDisponibles: 0,
      puntosAcumulados: 0,
      puntosRetenidos: 0,
      puntosApartados: 0,
      sobregiro: 0,
    }
    this.libro.saldos.set(usuarioId, saldo)
    return saldo
  }

  #holds = (t: Transaccion): Retencion[] => this.libro.retenciones.get(t.id) ?? []
  dispositivo = (r: Renglon): string | null => this.insumos.cadenas.get(r.cadenaId) ?? null

  #qr(sobre: Sobre): QrDeTarjeta | null {
    const texto = sobre.tipo === 'venta' ? (sobre.datos as Datos)?.qr : null
    return typeof texto === 'string' ? this.insumos.qr(texto) : null
  }

  #dictar(r: Renglon, estado: Veredicto['estado'], motivos: Motivo[]): Veredicto {
    const v: Veredicto = {
      cadenaId: r.cadenaId,
      seq: r.seq,
      hechoId: r.sobre.id,
      tipo: r.sobre.tipo,
      dispositivoId: this.dispositivo(r),
      estado,
      motivos,
      puntos: 0,
      effAt: r.effAt,
      hueco: this.libro.huecos.has(r.cadenaId),
    }
    this.libro.veredictos.set(lugarDe(r), v)
    return v
  }

  /** Adds a reason in the order of the rules; those without a rule come first. */
  cambiar(v: Veredicto, estado: Veredicto['estado'], motivo: Motivo): void {
    const numero = (m: Motivo) => (m.regla === null ? 0 : Number(m.regla.slice(1)))
    const antes = v.motivos.filter((m) => numero(m) <= numero(motivo))
    v.motivos = [...antes, motivo, ...v.motivos.slice(antes.length)]
    v.estado = estado
  }
}

/** SCAN-40. What came back of a line, never more than was sold. */
function devolverLinea(t: Transaccion, articuloId: string, cantidad: number): void {
  let falta = cantidad
  t.lineas = t.lineas.map((linea) => {
    const ya = linea.devueltas ?? 0
    const caben = linea.articuloId === articuloId ? Math.min(falta, linea.cantidad - ya) : 0
    falta -= caben
    return caben > 0 ? { ...linea, devueltas: ya + caben } : linea
  })
}

const SOLO_DEL_SERVIDOR = new Set([
  ...['canje.creado', 'canje.cancelado', 'canje.vencido', 'venta.reclamada', 'retencion.vencida', 'espera.vencida', 'reproceso'],
])

const JUECES: Record<string, (fold: Fold, r: Renglon, datos: Datos, v: Veredicto) => void> = {
  'cadena.abierta': (f, r, d, v) => f.cadenaAbierta(r, d, v),
  venta: (f, r, d, v) => f.venta(r, d, v),
  reembolso: (f, r, d, v) => f.reembolso(r, d, v),
  anulacion: (f, r, d, v) => f.anulacion(r, d, v),
  ajuste_puntos: (f, r, d, v) => f.ajuste(r, d, v),
  'retencion.vencida': (f, r, d, v) => f.retencionVencida(r, d, v),
  'espera.vencida': (f, r, d) => f.esperaVencida(r, d),
  reproceso: (f, r, d) => f.reproceso(r, d),
  cambio_monto: cambioDeMonto,
  'venta.reclamada': reclamo,
  'canje.creado': canjeCreado,
  canje_confirmado: canjeConfirmado,
  'canje.cancelado': canjeCerrado('cancelado'),
  'canje.vencido': canjeCerrado('expirado'),
  turno,
}

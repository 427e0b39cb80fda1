/**
 * The separate oracle: a plain fold over what was accepted, in order, to the ledger it must have produced. It keeps everything in memory, knows
 * no batches, and shares no code with the judge.
 */
import type { Motivo, Retencion, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import { canjeCerrado, canjeConfirmado, canjeCreado, turno } from './canjes.ts'
import { cambioDeMonto, reclamo } from './correcciones.ts'
import { devolverUso, usarCupon } from './cupones.ts'
import { puntosExpirados } from './expirados.ts'
import type { Insumos, QrDeTarjeta, Recibido } from './insumos.ts'
import { LibroDelOraculo, lugarDe, type Renglon } from './libro.ts'
import { devueltosEnTotal, horaEfectiva } from './reglas.ts'
import { cerrar, tomar } from './saldos.ts'
import { atender, contarVisitas, escrita, ventaSinCliente } from './ventas.ts'

// biome-ignore lint/suspicious/noExplicitAny: the bodies of hechos, opened by kind
type Datos = any

/** `veneno`: true when the judge of that time threw on this entry (a planted bug). */
export function plegar(insumos: Insumos, veneno: (recibido: Recibido, sobre: Sobre) => boolean = () => false): LibroDelOraculo {
  const fold = new Fold(insumos)
  for (const recibido of insumos.recibidos) fold.recibir(recibido, veneno)
  contarVisitas(fold)
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
    const t = { ...ventaSinCliente(this, r, datos), sinLicencia: !conLicencia }
    this.libro.transacciones.set(t.id, t)
    const qr = datos.qr === null && datos.tarjeta ? escrita(this, r, datos.tarjeta, t) : this.#qr(sobre)
    if (datos.qr !== null && !qr) this.cambiar(v, 'en_revision', { regla: null, codigo: 'qr_invalido' })
    if (datos.qr === null && datos.tarjeta && !qr) this.cambiar(v, 'en_revision', { regla: null, codigo: 'TARJETA_CLAVE' })
    if (datos.cupon) usarCupon(this, r, datos, v, t, qr)
    if (qr) atender(this, r, v, t, qr, { conLicencia, promesa: { version: datos.configVersion, puntos: datos.puntosPrometidos } })
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
      tomar(this, r, t, debidos - t.puntosDevueltos, 'devuelto', v)
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
    tomar(this, r, t, t.puntosOtorgados - t.puntosDevueltos, 'anulado', v)
    for (const h of this.holds(t)) if (h.estado === 'activa') h.estado = 'rechazada'
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
    const hold = this.holds(t).find((h) => h.regla === datos.regla && h.estado === 'activa')
    if (!hold) return void this.cambiar(v, 'en_revision', { regla: datos.regla, codigo: 'regla_no_retenida' })
    cerrar(this, r, t, hold, datos.decision === 'aprobar' ? 'levantada' : 'rechazada', v)
  }

  retencionVencida(r: Renglon, datos: Datos, v: Veredicto): void {
    const t = this.libro.transacciones.get(datos.transaccionId)
    const hold = t && this.holds(t).find((h) => h.regla === datos.regla && h.estado === 'activa')
    if (t && hold) cerrar(this, r, t, hold, hold.alVencer === 'acreditar' ? 'levantada' : 'caducada', v)
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

  // --- who says it

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
      porVencer: null,
      vencidos: null,
    }
    this.libro.saldos.set(usuarioId, saldo)
    return saldo
  }

  holds = (t: Transaccion): Retencion[] => this.libro.retenciones.get(t.id) ?? []
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
  ...[
    'canje.creado',
    'canje.cancelado',
    'canje.vencido',
    'venta.reclamada',
    'puntos.expirados',
    'retencion.vencida',
    'espera.vencida',
    'reproceso',
  ],
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
  'puntos.expirados': puntosExpirados,
  turno,
}

/**
 * Two readings of the same rules must agree: the judge of the product and the oracle written apart, over random histories that meet every rule.
 * (Against the real server the simulation does the same.)
 */

import canonicalize from 'canonicalize'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { TIPOS_DE_CUPON } from '../../../schema/domain/cupones/cupon.ts'
import { horasDe } from '../../../schema/domain/hechos/dictaminar.ts'
import { juzgar, nuevoLibro, nuevosCambios } from '../../../schema/domain/hechos/juzgar.ts'
import type { Cambios, Libro } from '../../../schema/domain/hechos/libro.ts'
import type { Entrada } from '../../../schema/domain/hechos/sobre.ts'
import type { UsoDeCuponEnVenta } from '../../../schema/domain/hechos/tipos.ts'
import { type Azar, crearAzar } from '../azar.ts'
import { plegar } from './fold.ts'
import type { DefinicionDeEntonces, Insumos, QrDeTarjeta, Recibido } from './insumos.ts'

const HORA = 3_600_000
const INICIO = Date.UTC(2026, 10, 21, 18)
const NIVELES = ['bronce', 'plata', 'oro'] as const

interface Historia {
  insumos: Insumos
  libro: Libro
}

/** A negocio with two tills, a leased and an unleased device, a fired cashier, four versions of the rules, cupones of every kind. */
function unaHistoria(azar: Azar, largo: number): Historia {
  const negocioId = azar.uuid()
  const dueno = azar.uuid()
  const sucursalId = azar.uuid()
  const dispositivos = [azar.uuid(), azar.uuid(), azar.uuid()]
  const cadenas = new Map<string, string | null>(dispositivos.map((d) => [azar.uuid(), d]))
  cadenas.set(azar.uuid(), null)
  const licencias = new Map(
    dispositivos
      .slice(0, 2)
      .map((d, i) => [
        azar.uuid(),
        { dispositivoId: d, emitidaAt: INICIO - HORA, venceAt: INICIO + 40 * HORA, maxVentas: i === 0 ? 1500 : 9 },
      ]),
  )
  const empleados = [azar.uuid(), azar.uuid()]
  const articulos = [azar.uuid(), azar.uuid()]
  const clientes = Array.from({ length: 4 }, () => ({
    usuarioId: azar.uuid(),
    alias: 'Ana L.',
    cardId: azar.uuid().replaceAll('-', '').slice(0, 16),
    llave: azar.uuid().replaceAll('-', ''),
  }))
  const version = (n: number, vigenteAt: number) => ({
    version: n,
    participa: n !== 3,
    valorPuntoCentavos: azar.elegir([100, 500, 1000]),
    multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 },
    umbrales: { plata: 5000, oro: 15000 },
    ...(n > 1 ? { vidaQrSegundos: [60, 300, 120][n - 2] ?? 120 } : {}),
    expiranEnMeses: n === 1 ? azar.elegir([null, 1]) : azar.elegir([null, 1, 2, 3]),
    vigenteAt,
  })
  const cupones = unosCupones(azar, articulos, sucursalId)
  const dados = unosDados(azar, cupones, clientes)
  const versiones = [
    version(1, INICIO - 100 * HORA),
    version(2, INICIO + azar.entre(1, 20) * HORA),
    version(3, INICIO + azar.entre(21, 30) * HORA),
    version(4, INICIO + azar.entre(31, 60) * HORA),
  ]
  const insumos: Insumos = {
    negocioId,
    recibidos: [],
    versiones,
    duenos: new Set([dueno]),
    zonas: new Map([[sucursalId, 'America/Mexico_City']]),
    cadenas,
    dispositivosBaja: new Map(dispositivos.map((d, i) => [d, i === 1 ? INICIO + 50 * HORA : null])),
    // One Studio, of the dueño, of somebody else, or of before accounts were noted.
    studios: new Map(dispositivos.slice(0, 1).map((d) => [d, azar.elegir([dueno, dueno, empleados[0] ?? null, null])])),
    empleadosBaja: new Map(empleados.map((e, i) => [e, i === 0 ? INICIO + 10 * HORA : null])),
    licencias,
    qr: (texto) => (texto === 'falso' ? null : (JSON.parse(texto) as QrDeTarjeta)),
    clave: ({ numero, clave }, hora) => claveDePrueba(clientes, numero, clave, hora),
    escritas: new Map(),
    disponible: (articuloId) => articuloId === articulos[0],
    ...cuponera(cupones, dados),
  }
  insumos.recibidos.push(
    ...recibir(azar, insumos, {
      largo,
      meses: azar.probable(0.8),
      escritas: azar.elegir([0.1, 0.3, 0.9]),
      sucursalId,
      dueno,
      empleados,
      articulos,
      clientes,
      cupones,
      dados,
    }),
  )
  return { insumos, libro: libroDe(insumos, empleados, articulos, cupones, dados) }
}

/** Some of each kind, with limits that are met. */
function unosCupones(azar: Azar, articulos: string[], sucursalId: string): DefinicionDeEntonces[] {
  return [...TIPOS_DE_CUPON, ...TIPOS_DE_CUPON].map((tipo) => ({
    ...{ id: azar.uuid(), titulo: tipo, descripcion: '', tipo, valor: tipo === 'porcentaje' ? azar.entre(1, 100) : azar.entre(1, 60_000) },
    ...{ compraMinimaCentavos: azar.elegir([0, 0, 50_000]), desdeAt: INICIO + azar.elegir([-HORA, 0, 10 * HORA]) },
    ...{
      venceAt: INICIO + azar.elegir([20, 200, 2_000]) * HORA,
      limitePorCliente: azar.entre(1, 4),
      limiteTotal: azar.elegir([null, 3, 12]),
    },
    ...{ codigo: 'CAFE', imagen: null, nivelRequerido: azar.elegir([null, null, 'plata' as const]), soloConConexion: azar.probable(0.2) },
    ...{ activo: azar.probable(0.9), publico: azar.probable(0.6), sucursales: azar.elegir([[], [], [sucursalId], [azar.uuid()]]) },
    ...{ articulos: azar.elegir([[], articulos.slice(0, 1)]), borrado: azar.probable(0.05) },
  }))
}

interface Dado {
  cuponId: string
  usuarioId: string
  codigoUnico: string
}

const unosDados = (azar: Azar, cupones: DefinicionDeEntonces[], clientes: Reparto['clientes']): Dado[] =>
  cupones.flatMap(({ id: cuponId }, i) =>
    clientes.filter(() => azar.probable(0.4)).map(({ usuarioId }, j) => ({ cuponId, usuarioId, codigoUnico: `CAFE-${i}${j}` })),
  )

const cuponera = (cupones: DefinicionDeEntonces[], dados: Dado[]): Pick<Insumos, 'cupon' | 'loTiene' | 'duenoDelCodigo'> => ({
  cupon: (cuponId) => cupones.find((c) => c.id === cuponId) ?? null,
  loTiene: (cuponId, usuarioId) => dados.some((d) => d.cuponId === cuponId && d.usuarioId === usuarioId),
  duenoDelCodigo: (cuponId, codigo) => dados.find((d) => d.cuponId === cuponId && d.codigoUnico === codigo)?.usuarioId ?? null,
})

interface Reparto {
  cupones: DefinicionDeEntonces[]
  dados: Dado[]
  largo: number
  meses: boolean
  /** How often a card is typed: with many, the limits of a day are met. */
  escritas: number
  sucursalId: string
  dueno: string
  empleados: string[]
  articulos: string[]
  clientes: { usuarioId: string; alias: string; cardId: string; llave: string }[]
}

/** Cards here are numbered by their place, and their digits are the step itself. */
function claveDePrueba(clientes: Reparto['clientes'], numero: string, clave: string, hora: number): ReturnType<Insumos['clave']> {
  const cliente = clientes[Number(numero)]
  if (!cliente) return null
  const centro = Math.floor(hora / 60_000)
  const paso = [0, -1, 1, -2, 2].map((lejos) => centro + lejos).find((p) => p % 1e6 === Number(clave)) ?? null
  return { cardId: cliente.cardId, usuarioId: cliente.usuarioId, paso }
}

function recibir(azar: Azar, insumos: Insumos, r: Reparto): Recibido[] {
  const recibidos: Recibido[] = []
  const seqs = new Map<string, number>()
  const ventas: string[] = []
  const canjes: string[] = []
  let ahora = INICIO
  const segundo = [...insumos.dispositivosBaja.keys()][1]
  for (let n = 1; n <= r.largo; n++) {
    ahora += azar.probable(0.1) ? azar.entre(0, 6) * HORA : azar.entre(0, 90_000)
    // In some histories months go by.
    if (r.meses && azar.probable(0.015)) ahora += azar.entre(10, 40) * 24 * HORA
    const [cadenaId, dispositivoId] = azar.elegir([...insumos.cadenas])
    const seq = seqs.get(cadenaId) ?? 0
    seqs.set(cadenaId, seq + 1)
    if (azar.probable(0.02)) {
      recibidos.push({ n, cadenaId, seq, variante: 0, cuerpo: null, recibidoAt: ahora })
      continue
    }
    const { tipo, datos, id: suyo } = unHecho(azar, r, { ventas, canjes, recibidos, ahora, delServidor: dispositivoId === null })
    const id = azar.probable(0.02) && ventas.length > 0 ? azar.elegir(ventas) : (suyo ?? azar.uuid())
    if (tipo === 'venta') ventas.push(id)
    if (tipo === 'canje.creado') canjes.push(id)
    const licencia = azar.probable(0.9) ? [...insumos.licencias].find(([, l]) => l.dispositivoId === dispositivoId)?.[0] : azar.uuid()
    const sobre = {
      v: 1,
      id,
      cadenaId,
      seq,
      prevHash: '',
      negocioId: azar.probable(0.98) ? insumos.negocioId : azar.uuid(),
      sucursalId: r.sucursalId,
      dispositivoId,
      licenciaId: licencia ?? null,
      operador: azar.elegir([
        null,
        { tipo: 'empleado', id: azar.elegir(r.empleados) },
        { tipo: 'usuario', id: azar.probable(0.8) ? r.dueno : azar.uuid() },
      ]),
      tiempo: {
        // The second till is always 30 h behind: what it sells after its baja claims to be from before.
        wall: ahora + (dispositivoId === segundo ? -30 * HORA : azar.elegir([0, 0, 0, 0, -30_000, 86_400_000, -86_400_000, -240_000])),
        offset: 0,
        offsetAt: 0,
        mono: 0,
        arranque: azar.uuid(),
      },
      tipo,
      datos,
    }
    recibidos.push({ n, cadenaId, seq, variante: 0, cuerpo: canonicalize(sobre) ?? '', recibidoAt: ahora })
  }
  return recibidos
}

interface Hasta {
  ventas: string[]
  canjes: string[]
  recibidos: Recibido[]
  ahora: number
  delServidor: boolean
}

function unHecho(
  azar: Azar,
  r: Reparto,
  { ventas, canjes, recibidos, ahora, delServidor }: Hasta,
): { tipo: string; datos: unknown; id?: string } {
  // Some refunds and approvals name a sale that comes later, or never.
  const transaccionId = azar.probable(0.9) && ventas.length > 0 ? azar.elegir(ventas.slice(-12)) : azar.uuid()
  const regla = azar.elegir(['R2', 'R10', 'R11', 'R15', 'R16'])
  const lugar = azar.elegir(recibidos) ?? { cadenaId: azar.uuid(), seq: 0 }
  const tipo = azar.pesar([
    [60, 'venta'],
    [12, 'reembolso'],
    [6, 'anulacion'],
    [10, 'ajuste_puntos'],
    [8, delServidor ? 'retencion.vencida' : 'venta'],
    [3, delServidor ? 'espera.vencida' : 'reembolso'],
    [2, 'cadena.abierta'],
    [1, 'desconocido'],
    [1, 'retencion.vencida'],
    [5, 'cambio_monto'],
    [3, delServidor ? 'venta.reclamada' : 'cambio_monto'],
    [12, delServidor ? 'canje.creado' : 'canje_confirmado'],
    [8, delServidor ? 'canje.cancelado' : 'canje_confirmado'],
    [8, delServidor ? 'canje.vencido' : 'venta'],
    [1, 'canje.vencido'],
    [4, 'turno'],
    [delServidor ? 40 : 1, 'puntos.expirados'],
  ])
  if (tipo === 'venta') return { tipo, datos: unaVenta(azar, r, ahora) }
  if (tipo === 'reembolso') {
    const lineas = azar.probable(0.3) ? { lineas: [{ articuloId: azar.elegir(r.articulos), cantidad: azar.entre(1, 3) }] } : {}
    const montoCentavos = azar.elegir([1, 100, 5_000, 30_000, 2_000_000])
    return { tipo, datos: { folio: 'C1-000001', transaccionId, montoCentavos, motivo: 'frío', ...lineas } }
  }
  if (tipo === 'cambio_monto')
    return {
      tipo,
      datos: { transaccionId, montoCentavos: azar.elegir([1, azar.entre(100, 90_000), azar.entre(100, 90_000), 600_000]), motivo: 'x' },
    }
  if (tipo === 'venta.reclamada') {
    const { usuarioId, cardId, alias } = azar.elegir(r.clientes)
    return { tipo, datos: { transaccionId, usuarioId, cardId, alias, nivel: azar.elegir(NIVELES) } }
  }
  if (tipo === 'turno') return { tipo, datos: unTurno(azar) }
  if (tipo === 'puntos.expirados') {
    const fecha = new Date(ahora)
    const hasta = fecha.getUTCFullYear() * 12 + fecha.getUTCMonth() - azar.elegir([-1, 0, 1, 1, 1, 1, 2])
    return { tipo, datos: { usuarioId: azar.probable(0.95) ? azar.elegir(r.clientes).usuarioId : azar.uuid(), hasta } }
  }
  if (tipo === 'canje.creado') return { tipo, ...unCanje(azar, r, ahora, canjes.length) }
  const canjeId = azar.probable(0.9) && canjes.length > 0 ? azar.elegir(canjes.slice(-4)) : idDeCanje(canjes.length + azar.entero(3))
  if (tipo === 'canje_confirmado') return { tipo, datos: { canjeId, numero: 1, qr: null } }
  if (tipo === 'canje.cancelado' || tipo === 'canje.vencido') return { tipo, datos: { canjeId, devolver: azar.probable(0.5) } }
  if (tipo === 'anulacion') return { tipo, datos: { transaccionId, motivo: 'error' } }
  if (tipo === 'ajuste_puntos')
    return { tipo, datos: { transaccionId, regla, decision: azar.probable(0.7) ? 'aprobar' : 'rechazar', motivo: '' } }
  if (tipo === 'retencion.vencida') return { tipo, datos: { transaccionId, regla } }
  if (tipo === 'espera.vencida') return { tipo, datos: { cadenaId: lugar.cadenaId, seq: lugar.seq } }
  return { tipo, datos: { motivo: azar.elegir(['alta', 'diario_perdido']), serie: 'C1' } }
}

/** By number, so that a delivery may come before its canje. */
const idDeCanje = (numero: number) => `00000000-0000-7000-8000-${String(numero).padStart(12, '0')}`
function unCanje(azar: Azar, r: Reparto, ahora: number, pedidos: number): { id: string; datos: unknown } {
  const numero = pedidos
  const { usuarioId, cardId } = azar.probable(0.97) ? azar.elegir(r.clientes) : { usuarioId: azar.uuid(), cardId: 'ab'.repeat(8) }
  const sucursalId = azar.elegir([null, r.sucursalId, azar.uuid()])
  const recompensa = { recompensaId: azar.uuid(), nombre: 'Café', puntos: azar.elegir([1, 30, 300]), valorCentavos: 4_500 }
  const venceAt = ahora + azar.elegir([900_000, 12 * HORA])
  return { id: idDeCanje(numero), datos: { numero, usuarioId, cardId, ...recompensa, sucursalId, qr: 'QR', venceAt } }
}

function unTurno(azar: Azar): unknown {
  const turnoId = idDeCanje(900_000 + azar.entero(6))
  if (azar.probable(0.5)) return { accion: 'abrir', turnoId, fondoCentavos: azar.entre(0, 9_000) }
  const pagos = {
    efectivoCentavos: 9,
    tarjetaCentavos: 0,
    transferenciaCentavos: 0,
    reembolsadoCentavos: 0,
    reembolsadoEfectivoCentavos: 0,
  }
  const resumen = { ventas: azar.entero(9), ...pagos, descuentoCentavos: 0, puntos: 0, cupones: 0, canjes: 0, anuladas: 0 }
  return { accion: 'cerrar', turnoId, contadoCentavos: azar.elegir([null, 9]), resumen, nota: null }
}

function unCupon(azar: Azar, r: Reparto, totalCentavos: number): UsoDeCuponEnVenta {
  const cuponId = azar.probable(0.95) ? azar.elegir(r.cupones).id : azar.uuid()
  const codigo = r.dados.find((d) => d.cuponId === cuponId)?.codigoUnico ?? 'CAFE-00'
  const descuentoCentavos = azar.elegir([0, Math.floor(totalCentavos / 10), Math.floor(totalCentavos / 3), totalCentavos])
  const codigoUnico = azar.elegir([null, null, codigo, 'CAFE-01'])
  const regaladoCentavos = azar.entre(0, 9_000)
  return { cuponId, totalCentavos, descuentoCentavos, regaladoCentavos, medio: 'lista', codigoUnico, conConexion: azar.probable(0.5) }
}

function unaVenta(azar: Azar, r: Reparto, ahora: number): unknown {
  const venta = ventaSinCupon(azar, r, ahora)
  if (azar.probable(0.6)) return venta
  const cupon = unCupon(azar, r, venta.montoCentavos)
  return {
    ...venta,
    cupon,
    montoCentavos: venta.montoCentavos - cupon.descuentoCentavos,
    ...(azar.probable(0.5) ? { foto: 'ab'.repeat(32) } : {}),
  }
}

function ventaSinCupon(azar: Azar, r: Reparto, ahora: number) {
  const cliente = azar.elegir(r.clientes)
  const manual = azar.probable(r.escritas)
  const tsMs = Math.floor((ahora - azar.entre(0, 200_000)) / 1000) * 1000
  const qr = { ...cliente, ctr: azar.entero(60), tsMs, nivel: azar.elegir(NIVELES) }
  return {
    folio: 'C1-000001',
    montoCentavos: azar.probable(0.7)
      ? azar.entre(900, 90_000)
      : azar.elegir([99, 1_000, 600_000, 900_000, azar.entre(500_000, 1_100_000), 9_999_999_999]),
    metodoPago: 'efectivo',
    descripcion: null,
    lineas: Array.from({ length: azar.elegir([0, 0, 0, 1, 3]) }, () => ({
      ...{ articuloId: azar.elegir(r.articulos), nombre: 'Pizza', cantidad: azar.entre(1, 3), precioCentavos: azar.entre(1, 10_000) },
    })),
    qr: manual
      ? null
      : azar.pesar([
          [2, null],
          [1, 'falso'],
          [12, JSON.stringify(qr)],
        ]),
    ...(manual ? { tarjeta: unaTarjetaEscrita(azar, r, ahora) } : {}),
    configVersion: azar.entre(0, 4),
    puntosPrometidos: azar.elegir([0, 7, 30, 300, 90_000]),
  }
}

function unaTarjetaEscrita(azar: Azar, r: Reparto, ahora: number): { numero: string; clave: string } {
  const numero = azar.probable(0.95) ? azar.entero(r.clientes.length) : 99
  const lejos = azar.elegir([0, 0, 0, -1, 1, -2, 2, 3, 400])
  return { numero: String(numero).padStart(8, '0'), clave: String((Math.floor(ahora / 60_000) + lejos) % 1e6).padStart(6, '0') }
}

function libroDe(insumos: Insumos, empleados: string[], articulos: string[], cupones: DefinicionDeEntonces[], dados: Dado[]): Libro {
  const libro = nuevoLibro(insumos.negocioId)
  for (const { borrado, ...definicion } of cupones) libro.cupones.set(definicion.id, { definicion, borrado, usados: 0 })
  for (const d of dados)
    libro.cuponUsuarios.set(`${d.cuponId}|${d.usuarioId}`, { ...d, origen: 'asignado', usados: 0, guardadoAt: INICIO, usadoAt: null })
  libro.zonas = insumos.zonas
  libro.configuraciones = insumos.versiones
  libro.duenos = insumos.duenos
  for (const [id, dispositivoId] of insumos.cadenas) libro.cadenas.set(id, { cadenaId: id, dispositivoId, ultimoEffAt: 0, hueco: false })
  for (const [id, bajaAt] of insumos.dispositivosBaja)
    libro.dispositivos.set(id, {
      ...{ id, tipo: insumos.studios.has(id) ? 'studio' : 'caja', sucursalId: null, bajaAt },
      usuarioId: insumos.studios.get(id) ?? null,
    })
  for (const [id, l] of insumos.licencias) libro.licencias.set(id, { id, ...l, ventas: 0 })
  for (const id of empleados) libro.empleados.set(id, { id, bajaAt: insumos.empleadosBaja.get(id) ?? null })
  for (const id of articulos) libro.articulos.set(id, { id, disponible: insumos.disponible(id, '') })
  return libro
}

/** Folds through the product's judge, as one endless batch. */
function juzgarTodo({ insumos, libro }: Historia): Cambios {
  const cambios = nuevosCambios()
  for (const r of insumos.recibidos) {
    if (r.cuerpo === null) {
      const cadena = libro.cadenas.get(r.cadenaId)
      if (cadena) cadena.hueco = true
      continue
    }
    const sobre = JSON.parse(r.cuerpo) as Entrada['sobre']
    const entrada = { n: r.n, cadenaId: r.cadenaId, seq: r.seq, hash: '', recibidoAt: r.recibidoAt, sobre }
    const qr = sobre.tipo === 'venta' ? (sobre.datos as { qr?: string | null }).qr : null
    if (qr) {
      const leido = insumos.qr(qr)
      libro.evidencias.set(qr, leido && leido.tsMs !== null ? { valida: true, ...leido, tsMs: leido.tsMs } : { valida: false })
    }
    ponerEscrita(insumos, libro, entrada)
    juzgar(libro, cambios, entrada)
  }
  return cambios
}

/** What the server finds out of a typed card before the fold; the nivel of that moment is kept for the oracle. */
function ponerEscrita(insumos: Insumos, libro: Libro, entrada: Entrada): void {
  const { tarjeta } = entrada.sobre.datos as { tarjeta?: { numero: string; clave: string } }
  if (!tarjeta) return
  const lugar = `${entrada.cadenaId}|${entrada.seq}`
  const de = insumos.clave(tarjeta, horasDe(libro, [entrada]).get(lugar) ?? 0)
  const nivel = NIVELES[entrada.n % 3] as (typeof NIVELES)[number]
  insumos.escritas.set(lugar, { nivel, alias: 'Ana L.' })
  const { cardId = null, usuarioId = '', paso = null } = de ?? {}
  const valida = cardId !== null && paso !== null
  libro.escritas.set(lugar, valida ? { valida, usuarioId, alias: 'Ana L.', cardId, paso, nivel } : { valida: false, cardId })
}

const vidaDe = (cambios: Cambios) =>
  cambios.eventos.flatMap(({ cuerpo: { lifetime, venta } }) =>
    lifetime && venta ? [[venta.transaccionId, lifetime.tipo, lifetime.effAt, lifetime.tipo === 'anulado' ? 0 : lifetime.puntos]] : [],
  )
const usadosDe = (libro: Libro) =>
  [...libro.cuponUsuarios.values()].flatMap(({ cuponId, usuarioId, usados, usadoAt }) =>
    usadoAt === null ? [] : [{ cuponId, usuarioId, usados, usadoAt }],
  )
const filas = (valores: Iterable<unknown>) => [...valores].map((v) => canonicalize(v)).sort()

let expirados = 0
for (let semilla = 1; semilla <= 60; semilla++)
  test(`the judge and the oracle make the same ledger of 400 random hechos, seed ${semilla}`, () => {
    const historia = unaHistoria(crearAzar(semilla), 400)
    const cambios = juzgarTodo(historia)
    const oraculo = plegar(historia.insumos)
    const { libro } = historia
    for (const [id, t] of libro.transacciones) assert.equal(oraculo.transacciones.get(id), t, `transaccion ${id}`)
    assert.equal(filas(oraculo.veredictos.values()), filas(cambios.veredictos.values()), 'veredictos')
    assert.equal(filas([...oraculo.retenciones.values()].flat()), filas([...libro.retenciones.values()].flat()), 'retenciones')
    assert.equal(filas(oraculo.clientes.values()), filas(libro.clientes.values()), 'clientes')
    assert.equal(filas(oraculo.saldos.values()), filas(libro.saldos.values()), 'saldos')
    assert.equal(filas(oraculo.historial), filas(cambios.historial), 'historial')
    assert.equal(filas(oraculo.escritas.values()), filas(cambios.escritas), 'escritas')
    assert.equal(filas(oraculo.canjes.values()), filas(libro.canjes.values()), 'canjes')
    assert.equal(filas(oraculo.turnos.values()), filas(libro.turnos.values()), 'turnos')
    assert.equal(filas(oraculo.cuponUsos.values()), filas(libro.cuponUsos.values()), 'usos de cupones')
    assert.equal(filas(oraculo.cuponUsuarios.values()), filas(usadosDe(libro)), 'cupones de clientes')
    for (const [id, { usados }] of libro.cupones) assert.is(oraculo.cuponesUsados.get(id) ?? 0, usados)
    assert.equal(
      filas(oraculo.vida.map(({ transaccionId, tipo, effAt, puntos }) => [transaccionId, tipo, effAt, puntos])),
      filas(vidaDe(cambios)),
      'lifetime',
    )
    assert.is(oraculo.transacciones.size, libro.transacciones.size)
    for (const h of oraculo.historial) if (h.tipo === 'expirado') expirados++
    for (const saldo of oraculo.saldos.values()) {
      const suma = (saldo.porVencer ?? []).reduce((total, lote) => total + lote.puntos, 0)
      assert.ok(suma <= saldo.puntosDisponibles + saldo.puntosApartados, 'PTS-24: nothing expires that is not there')
    }
  })

test('PTS-24: points expired in these histories', () => {
  assert.ok(expirados > 60, String(expirados))
})

test.run()

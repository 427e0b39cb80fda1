/**
 * SCAN-30..33; R4, R5 (decision 0035). What this till can say of a canje it is shown, and the delivery.
 *
 *     QR    signed by the platform: all that is needed is in it          typed   only where this replica holds the HMAC of its six letters
 *     both: this till holds its sucursal's lease of canjes  → the journal, with no network        else → the server, online
 *
 * What is refused here was never given; after that it can only be judged. One that was asked of the server and not answered (canjes-pedidos.ts) is the same hecho
 * whichever way it goes then.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { aHex } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { codigoDeCanje, idDeCanje, leerCodigoDeCanje } from '../../schema/domain/canjes/codigo.ts'
import { motivoParaNoEntregar } from '../../schema/domain/canjes/motivo.ts'
import { leerQrDeCanje, numeroTecleado, type QrDeCanje, verificarQrDeCanje } from '../../schema/domain/canjes/qr-canje.ts'
import { situacionDeArriendo } from '../../schema/domain/canjes/quien-entrega.ts'
import { type CanjeConfirmado, canjeConfirmado } from '../../schema/domain/hechos/tipos.ts'
import { numeroDeRecompensa } from '../../schema/domain/recompensas/recompensa.ts'
import type { CanjeDoc, ClienteDoc, ConfigDoc } from '../../schema/protocol/documentos.ts'
import { ataduraDeEquipo, hechoDeLlave, llaveDeEntrega } from '../../schema/protocol/repetible.ts'
import { type Almacen, estaBorrada } from './almacen.ts'
import type { CanjeDado, CanjeEntregado, CanjeLeido, Operador } from './api.ts'
import { leerArriendo } from './arriendo.ts'
import type { CanjesEnRed } from './canjes-en-red.ts'
import { crearCanjesPedidos, type Pedida } from './canjes-pedidos.ts'
import type { Diario } from './diario.ts'
import { rechazoDeGuardado } from './guardar.ts'
import { FalloDeRed } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import { type Registro, revisar } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Turnos } from './turno.ts'

/** A code lives 15 minutes; as long as this one is looked for among those this till heard of. */
const RECIENTES_MS = 2 * DIA
/** No shift is left open for so long. */
const DADOS_MS = 8 * DIA
const TIPO = 'canje_confirmado'
type ConfigDe<Id extends string> = Extract<ConfigDoc, { id: Id }>

export interface Canjes {
  /** @throws Rechazo CANJE_INVALIDO, CANJE_VENCIDO, CANJE_YA_ENTREGADO, CANJE_CANCELADO, CANJE_OTRA_SUCURSAL, CANJE_OTRA_CAJA, SIN_CONEXION, SIN_PERMISO, LICENCIA_VENCIDA, LEASE_VENCIDA (R15) */
  validar(texto: string): Promise<CanjeLeido>
  /** The reward is given: in the journal, or by the server. The same text again is the same delivery. @throws as validar */
  confirmar(texto: string): Promise<CanjeEntregado>
  /** Those the server gave because this till asked: they are in no journal. Of the last days, oldest first. */
  dados(): Promise<CanjeDado[]>
  /** This device belongs to nobody any more. */
  olvidar(): Promise<void>
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  diario: Pick<Diario, 'ultimaHora' | 'agregar'>
  registro: Pick<Registro, 'permitir'>
  turnos: Pick<Turnos, 'autor'>
  red: CanjesEnRed
}

/** As the server is asked. */
type Pedido = { qr: string } | { codigo: string }

/** What is known on this device alone. `canje` null: of a typed code that it never heard of. */
interface Hallado {
  canje: CanjeLeido | null
  motivo: Codigo | null
  /** Proved here, by the platform's signature or by what the server sent. */
  probado: boolean
  numero: number
  /** This till asked the server to give it, and no answer came. */
  pedida: Pedida | null
}

export function crearCanjes({ puertos, almacen, identidad, reloj, diario, registro, turnos, red }: Partes): Canjes {
  const pedidos = crearCanjesPedidos(puertos, { pedidaMs: RECIENTES_MS, dadaMs: DADOS_MS })
  const hora = async () => reloj.horaCierta() ?? Math.max(reloj.ahora(), await diario.ultimaHora())
  const doc = async <D>(coleccion: 'config' | 'canjes', id: string): Promise<D | null> => {
    const fila = (await almacen().porId(coleccion, [id])).get(id)
    return fila && !estaBorrada(fila) ? (fila as unknown as D) : null
  }
  const sucursalId = () => identidad.alta()?.sucursalId ?? null

  async function arrendado(ahora: number): Promise<boolean> {
    return situacionDeArriendo(await leerArriendo(almacen(), identidad), identidad.alta()?.dispositivoId ?? '', ahora) === 'esta_caja'
  }

  async function porQr(texto: string, ahora: number): Promise<Hallado> {
    const qr = leerQrDeCanje(texto)
    const llaves = identidad.llaves()
    const probado = llaves.has(qr.kid)
    if (probado && !(await verificarQrDeCanje(texto, llaves))) throw new Rechazo('CANJE_INVALIDO', 'qr')
    const negocio = await doc<ConfigDe<'negocio'>>('config', 'negocio')
    if (negocio && negocio.numero !== qr.negocioNumero) throw new Rechazo('CANJE_INVALIDO', 'negocio')
    const canjeId = await idDeCanje(identidad.alta()?.negocioId ?? '', qr.canjeNumero)
    const conocido = await doc<CanjeDoc>('canjes', canjeId)
    const nombre = conocido?.nombre ?? (await nombreDeRecompensa(almacen(), qr.recompensaNumero))
    const { cardId, puntos, venceAt } = qr
    const base = { canjeId, codigo: codigoDeCanje(numeroTecleado(qr)), nombre, puntos, venceAt, restanMs: Math.max(0, venceAt - ahora) }
    const visto = { id: canjeId, estado: conocido?.estado ?? 'pendiente', venceAt, sucursalId: await lugarDe(qr) }
    const canje = { ...base, ...(await clienteDe(almacen(), cardId)), medio: 'red' as const }
    return { canje, ...(await juzgar(visto, ahora)), probado, numero: qr.canjeNumero }
  }

  async function porCodigo(numero: number, ahora: number): Promise<Hallado> {
    const codigo = codigoDeCanje(numero)
    const conocido = await buscarPorCodigo(almacen(), codigo, ahora)
    if (!conocido) {
      const pedida = await pedidos.porCodigo(codigo)
      return { canje: pedida?.canje ?? null, motivo: null, probado: false, numero, pedida }
    }
    const { id: canjeId, nombre, puntos, venceAt, cardId } = conocido
    const base = { canjeId, codigo, nombre, puntos, venceAt, restanMs: Math.max(0, venceAt - ahora) }
    const canje = { ...base, ...(await clienteDe(almacen(), cardId)), medio: 'red' as const }
    return { canje, ...(await juzgar(conocido, ahora)), probado: true, numero }
  }

  /** R4: what this till gave, by its journal or by the server, is never given again, whatever was pulled by then. */
  async function juzgar(
    canje: Pick<CanjeDoc, 'id' | 'estado' | 'venceAt' | 'sucursalId'>,
    ahora: number,
  ): Promise<Pick<Hallado, 'motivo' | 'pedida'>> {
    const dadoAqui = (await almacen().contar('diario', { usoQr: usoDeCanje(canje.id) })) > 0
    const pedida = await pedidos.leer(canje.id)
    if (dadoAqui || (pedida && pedida.entregadoAt !== null)) return { motivo: 'CANJE_YA_ENTREGADO', pedida: null }
    return { motivo: motivoParaNoEntregar(canje, sucursalId(), ahora), pedida }
  }
  /** Where the QR says it is given; null: anywhere. A till that does not know its own number yet leaves it to the server. */
  async function lugarDe({ sucursalNumero }: QrDeCanje): Promise<string | null> {
    const propia = await doc<ConfigDe<`sucursal:${string}`>>('config', `sucursal:${sucursalId()}`)
    if (sucursalNumero === 0 || !propia) return null
    return propia.numero === sucursalNumero ? propia.sucursalId : ''
  }

  /** R15, SCAN-49: whether this till, and whoever is at it, gives canjes at all. */
  async function exigir(): Promise<Operador | null> {
    await registro.permitir(TIPO)
    return turnos.autor(null, TIPO)
  }

  /** R1. What the server was asked and perhaps did is entered as that same hecho. */
  async function entregarAqui(datos: CanjeConfirmado, pedida: Pedida | null): Promise<number> {
    revisar(canjeConfirmado, datos)
    const sinFolio = { conFolio: false, usoQr: usoDeCanje(datos.canjeId), puntosPrometidos: 0 }
    const id = pedida ? await hechoDeEntrega(datos.canjeId) : undefined
    try {
      return (await diario.agregar({ id, tipo: TIPO, operador: await exigir(), ...sinFolio, datos: () => datos })).guardadoAt
    } catch (error) {
      // Two presses, or two tabs: the journal took the first.
      throw error instanceof Rechazo && error.codigo === 'qr_repetido' ? new Rechazo('CANJE_YA_ENTREGADO') : error
    }
  }

  function hechoDeEntrega(canjeId: string): Promise<string> {
    const alta = identidad.alta()
    return hechoDeLlave(alta?.negocioId ?? '', ataduraDeEquipo(alta?.dispositivoId ?? ''), llaveDeEntrega(canjeId))
  }

  /** `porSaber`: perhaps this till's own request gave it, and the server tells that again. */
  async function mirar(texto: string): Promise<{ hallado: Hallado; pedido: Pedido; porSaber: boolean; aqui: boolean }> {
    await exigir()
    const numero = leerCodigoDeCanje(texto)
    const ahora = await hora()
    const hallado = numero === null ? await porQr(texto.trim(), ahora) : await porCodigo(numero, ahora)
    const { motivo, pedida, probado } = hallado
    if (motivo && !pedida) throw new Rechazo(motivo)
    const pedido = numero === null ? { qr: texto.trim() } : { codigo: codigoDeCanje(numero) }
    const aqui = motivo === null && hallado.canje !== null && probado && (await arrendado(ahora))
    return { hallado, pedido, porSaber: pedida !== null, aqui }
  }

  /** Without an answer: whose turn it would be. */
  function sinRed(error: unknown, hallado: Hallado): never {
    if (!(error instanceof FalloDeRed) || error.codigo !== 'SIN_CONEXION') throw error
    // Of what was pulled as given or over only the server knows whether that was this till's request.
    if (hallado.motivo !== null) throw new Rechazo('SIN_CONEXION')
    if (hallado.canje && hallado.probado) throw new Rechazo('CANJE_OTRA_CAJA')
    throw new Rechazo('SIN_CONEXION', 'codigo')
  }

  const preguntar = (pedido: Pedido, hallado: Hallado) => red.validar(pedido).catch((error: unknown) => sinRed(error, hallado))

  /** The same request again is answered the same, however often it is made (canjes-en-red.ts): who asked first, and how, is said again. */
  async function pedirEntrega(canje: CanjeLeido, qr: string | null, hallado: Hallado): Promise<number> {
    const operador = await exigir()
    const pedida = (await pedidos.leer(canje.canjeId)) ?? { at: await hora(), canje, qr, operador, entregadoAt: null }
    await pedidos.anotar(pedida).catch((error: unknown) => {
      throw rechazoDeGuardado(error)
    })
    try {
      const entregadoAt = (await red.confirmar(canje.canjeId, pedida.qr, pedida.operador)).entregadoAt ?? (await hora())
      // It was given; where that cannot be noted, the next who shows it is told by the server.
      await pedidos
        .anotar({ ...pedida, entregadoAt, dadoAt: await hora() })
        .catch((error: unknown) => puertos.anotarFallo?.('noting a canje', error))
      return entregadoAt
    } catch (error) {
      if (error instanceof FalloDeRed && error.codigo.startsWith('CANJE_')) await pedidos.quitar(canje.canjeId).catch(() => {})
      return sinRed(error, hallado)
    }
  }

  return {
    async validar(texto) {
      const { hallado, pedido, porSaber, aqui } = await mirar(texto)
      if (porSaber && !aqui) return hallado.canje as CanjeLeido
      return aqui ? { ...(hallado.canje as CanjeLeido), medio: 'aqui' } : preguntar(pedido, hallado)
    },
    async confirmar(texto) {
      const { hallado, pedido, aqui } = await mirar(texto)
      const { canje } = hallado
      if (aqui && canje) {
        const { canjeId } = canje
        const datos = { canjeId, numero: hallado.numero, qr: 'qr' in pedido ? pedido.qr : null }
        const entregadoAt = await entregarAqui(datos, hallado.pedida)
        return { canjeId, entregadoAt, medio: 'aqui' }
      }
      const qr = 'qr' in pedido ? pedido.qr : null
      const leido = canje ?? (await preguntar(pedido, hallado))
      return { canjeId: leido.canjeId, entregadoAt: await pedirEntrega(leido, qr, hallado), medio: 'red' }
    },
    async dados() {
      const dadas = await pedidos.dadas()
      return dadas.map(({ canje: { canjeId, nombre, puntos }, entregadoAt, dadoAt = entregadoAt, operador }) => ({
        ...{ canjeId, nombre, puntos, entregadoAt, dadoAt, operadorId: operador?.id ?? null },
      }))
    },
    olvidar: pedidos.olvidar,
  }
}

/** In the journal's index of uses: one canje counts once on this device, as one QR of a card does. */
export const usoDeCanje = (canjeId: string): string => `canje|${canjeId}`

async function buscarPorCodigo(almacen: Almacen, codigo: string, ahora: number): Promise<CanjeDoc | null> {
  const filas = await almacen.buscar('canjes', { creadoAt: { $gte: Math.max(1, ahora - RECIENTES_MS) } }, ['creadoAt'])
  let hallado: CanjeDoc | null = null
  for (const canje of filas as unknown as CanjeDoc[]) {
    if (canje.codigoHmac !== (await hmacDeCodigo(canje.id, codigo))) continue
    // The letters may come back once their canje ended.
    if (canje.estado === 'pendiente' || !hallado || hallado.estado !== 'pendiente') hallado = canje
  }
  return hallado
}

/** What a CanjeDoc says of its code: hex of HMAC-SHA256 of the six letters, its key the id as text. */
export async function hmacDeCodigo(canjeId: string, codigo: string): Promise<string> {
  const texto = new TextEncoder()
  const algoritmo = { name: 'HMAC', hash: 'SHA-256' }
  const llave = await globalThis.crypto.subtle.importKey('raw', texto.encode(canjeId), algoritmo, false, ['sign'])
  return aHex(new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', llave, texto.encode(codigo.slice(-6)))))
}

async function nombreDeRecompensa(almacen: Almacen, numero: number): Promise<string | null> {
  const filas = await almacen.todas('recompensas')
  const hallada = filas.find((fila) => !estaBorrada(fila) && typeof fila.nombre === 'string' && numeroDeRecompensa(fila.id) === numero)
  return hallada ? String(hallada.nombre) : null
}

/** As this negocio knows the card; its nivel is the one of the last visit. */
async function clienteDe(almacen: Almacen, cardId: string): Promise<Pick<CanjeLeido, 'cliente' | 'nivel'>> {
  const [fila] = await almacen.buscar('clientes', { cardId }, ['cardId'], 1)
  const cliente = fila as unknown as ClienteDoc | undefined
  return { cliente: cliente?.alias ?? null, nivel: cliente?.nivelUltimaVisita ?? null }
}

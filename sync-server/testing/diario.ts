/** A device's journal for tests of the server: makes the texts, chains and signs them, and uploads as DI1 says. No replica, no storage. */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { firmarTexto } from '../../schema/core/firma.ts'
import { sha256, uuidv7 } from '../../schema/core/ids.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { TipoDeHecho, Venta } from '../../schema/domain/hechos/tipos.ts'
import { mensajeDeCabeza, type PedidoDiario, type RespuestaDiario } from '../../schema/protocol/diario.ts'
import { type CajaDePrueba, pedir, type ServidorDePrueba } from './servidor.ts'

export interface RenglonDePrueba {
  seq: number
  id: string
  cuerpo: string
  hash: string
}

type Quien = Pick<CajaDePrueba, 'dispositivoId' | 'negocioId' | 'sucursalId' | 'par' | 'licencia' | 'serie'>

export class DiarioDePrueba {
  readonly renglones: RenglonDePrueba[] = []
  readonly cadenaId: string
  readonly caja: Quien
  readonly servidor: ServidorDePrueba
  readonly #arranque = crypto.randomUUID()
  #folio = 0

  constructor(servidor: ServidorDePrueba, caja: Quien, cadenaId: string = crypto.randomUUID()) {
    this.servidor = servidor
    this.caja = caja
    this.cadenaId = cadenaId
  }

  /** Adds an entry; `sobre` overrides fields of the envelope. */
  async escribir(tipo: TipoDeHecho | (string & {}), datos: unknown, sobre: Partial<Sobre> = {}): Promise<RenglonDePrueba> {
    const ahora = this.servidor.reloj.ahora()
    const seq = this.renglones.length
    const base: Sobre = {
      v: 1,
      id: uuidv7(ahora),
      cadenaId: this.cadenaId,
      seq,
      prevHash: this.renglones.at(-1)?.hash ?? '',
      negocioId: this.caja.negocioId,
      sucursalId: this.caja.sucursalId,
      dispositivoId: this.caja.dispositivoId,
      licenciaId: this.caja.licencia.id,
      operador: null,
      tiempo: { wall: ahora, offset: 0, offsetAt: ahora, mono: seq, arranque: this.#arranque },
      tipo,
      datos,
    }
    const entero = { ...base, ...sobre }
    return this.escribirTexto(textoCanonico(entero), entero.id)
  }

  /** Adds a text as it is. */
  async escribirTexto(cuerpo: string, id = ''): Promise<RenglonDePrueba> {
    const renglon = { seq: this.renglones.length, id, cuerpo, hash: await sha256(cuerpo) }
    this.renglones.push(renglon)
    return renglon
  }

  abrir(motivo: 'alta' | 'diario_perdido' = 'alta'): Promise<RenglonDePrueba> {
    return this.escribir('cadena.abierta', { motivo, serie: this.caja.serie })
  }

  /** A sale of $500 in cash, without a client. */
  vender(venta: Partial<Venta> = {}, sobre: Partial<Sobre> = {}): Promise<RenglonDePrueba> {
    const folio = `${this.caja.serie}-${String(++this.#folio).padStart(6, '0')}`
    const base: Venta = {
      folio,
      montoCentavos: 50_000,
      metodoPago: 'efectivo',
      descripcion: null,
      lineas: [],
      qr: null,
      configVersion: 1,
      puntosPrometidos: 0,
    }
    return this.escribir('venta', { ...base, ...venta }, sobre)
  }

  /** A signed request with the entries from `desde` on; `cambios` are made before signing. */
  async pedido(desde = 0, hasta = this.renglones.length, cambios: Partial<PedidoDiario> = {}): Promise<PedidoDiario> {
    const enviados = this.renglones.slice(desde, hasta)
    const ultimo = enviados.at(-1)
    const pedido = {
      dispositivoId: this.caja.dispositivoId,
      cadenaId: this.cadenaId,
      desde,
      cuerpos: enviados.map((r) => r.cuerpo),
      perdidos: [],
      cabeza: ultimo ? { seq: ultimo.seq, hash: ultimo.hash } : { seq: -1, hash: '' },
      enviadoAt: this.servidor.reloj.ahora(),
      estado: null,
      ...cambios,
    }
    return { ...pedido, firma: cambios.firma ?? (await firmarTexto(this.caja.par.privateKey, 'CYA1|diario', mensajeDeCabeza(pedido))) }
  }

  async enviar(pedido: PedidoDiario) {
    return pedir<RespuestaDiario>(this.servidor, '/sync/diario', { cuerpo: pedido })
  }

  /** Uploads from the server's `esperado` until nothing is left. @throws when the server refuses */
  async subir(): Promise<RespuestaDiario> {
    let { esperado } = await this.#exito(await this.pedido(0, 0))
    for (;;) {
      const respuesta = await this.#exito(await this.pedido(esperado, esperado + 100))
      if (respuesta.esperado >= this.renglones.length) return respuesta
      esperado = respuesta.esperado
    }
  }

  async #exito(pedido: PedidoDiario): Promise<RespuestaDiario> {
    const { cuerpo, estado } = await this.enviar(pedido)
    if (!cuerpo.success) throw new Error(`/sync/diario answered ${estado} ${cuerpo.code} ${cuerpo.campo ?? ''}`)
    return cuerpo.data
  }
}

/** The journal of a till of the demo world: real entries, chained, signed by a key of its own, uploaded through the server's own door. */
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { firmarTexto } from '../../../schema/core/firma.ts'
import { sha256, uuidDeTexto } from '../../../schema/core/ids.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import type { TipoDeHecho } from '../../../schema/domain/hechos/tipos.ts'
import { mensajeDeCabeza, type PedidoDiario, RENGLONES_POR_ENVIO } from '../../../schema/protocol/diario.ts'
import type { Deps } from '../../context.ts'
import { recibirDiario } from '../../sync/receive.ts'

export interface EquipoDemo {
  dispositivoId: string
  negocioId: string
  sucursalId: string
  serie: string
  privada: CryptoKey
}

export class DiarioDemo {
  readonly #equipo: EquipoDemo
  readonly #cadenaId: string
  readonly #operador: Sobre['operador']
  readonly #arranque: string
  #cuerpos: string[] = []
  #desde: number
  #hash: string

  constructor(
    equipo: EquipoDemo,
    operador: Sobre['operador'],
    arranque: string,
    cadena: { id: string; esperado: number; hashCabeza: string },
  ) {
    this.#equipo = equipo
    this.#operador = operador
    this.#arranque = arranque
    this.#cadenaId = cadena.id
    this.#desde = cadena.esperado
    this.#hash = cadena.hashCabeza
  }

  /** Of the next entry. */
  get seq(): number {
    return this.#desde + this.#cuerpos.length
  }

  /** The id an entry of this place has on every machine. */
  idDe(seq: number): Promise<string> {
    return uuidDeTexto(`demo|${this.#cadenaId}|${seq}`)
  }

  async escribir(tipo: TipoDeHecho, datos: unknown, at: number, licenciaId: string | null): Promise<void> {
    const { seq } = this
    const { dispositivoId, negocioId, sucursalId } = this.#equipo
    const sobre: Sobre = {
      v: 1,
      id: await this.idDe(seq),
      cadenaId: this.#cadenaId,
      seq,
      prevHash: this.#hash,
      negocioId,
      sucursalId,
      dispositivoId,
      licenciaId,
      operador: this.#operador,
      tiempo: { wall: at, offset: 0, offsetAt: at, mono: seq, arranque: this.#arranque },
      tipo,
      datos,
    }
    const cuerpo = textoCanonico(sobre)
    this.#cuerpos.push(cuerpo)
    this.#hash = await sha256(cuerpo)
  }

  /** Hands in what was written, up to this seq; the server judges it as it arrives. @throws Rechazo as recibirDiario */
  async subir(deps: Deps, hasta = this.seq): Promise<void> {
    while (this.#desde < hasta) {
      const cuerpos = this.#cuerpos.slice(0, Math.min(RENGLONES_POR_ENVIO, hasta - this.#desde))
      const cabeza = { seq: this.#desde + cuerpos.length - 1, hash: await sha256(cuerpos.at(-1) ?? '') }
      const { dispositivoId } = this.#equipo
      const pedido: Omit<PedidoDiario, 'firma'> = {
        dispositivoId,
        cadenaId: this.#cadenaId,
        desde: this.#desde,
        cuerpos,
        perdidos: [],
        cabeza,
        enviadoAt: deps.now(),
        estado: null,
      }
      const firma = await firmarTexto(this.#equipo.privada, 'CYA1|diario', mensajeDeCabeza(pedido))
      await recibirDiario(deps, { ...pedido, firma })
      this.#cuerpos = this.#cuerpos.slice(cuerpos.length)
      this.#desde += cuerpos.length
    }
  }
}

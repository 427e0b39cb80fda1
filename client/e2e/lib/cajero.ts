/**
 * A cashier at a till of their own who makes one sale after another on its screen, whatever happens. When the power goes they switch the till on again and
 * look in its history: what the screen had said must be there.
 */
import { setTimeout as dormir } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Azar } from '../../../schema/testing/azar.ts'
import type { Aparato } from './aparato.ts'
import { CajaEnPantalla, hasta } from './caja.ts'
import { diaDe } from './ledger.ts'
import type { Nombre, TelefonosALaVista } from './telefonos-a-la-vista.ts'

const PAUSA_MS = 500
/** Of so many sales one is with a card. */
const UNA_CON_TARJETA_DE = 4

/** A sale as whoever made it knows it. */
interface Intento {
  /** Of this sale alone: no other of the journey has this amount. */
  centavos: number
  shopper: Nombre | null
  /** "Confirmar venta" was pressed, ms. */
  presionadaAt: number | null
  /** As the screen gave it under "¡Venta registrada!". */
  folio: string | null
  /** Of one that was pressed and not confirmed when the power went: its folio in the history afterwards, null when it is not there. */
  hallada?: string | null
}

export interface Vendida {
  folio: string
  centavos: number
  shopper: Nombre | null
  presionadaAt: number
}

interface Fila {
  folio: string
  aspecto: string
  centavos: number
}

export interface Puesto {
  azar: Azar
  telefonos: TelefonosALaVista
  /** Amount of the next sale, of no other. */
  centavos: () => number
}

export class Cajero {
  readonly intentos: Intento[] = []
  cortes = 0
  private readonly aparato: Aparato
  private readonly puesto: Puesto
  private pantalla: CajaEnPantalla | undefined
  private corte: Promise<void> | undefined
  private termina = false
  private readonly presiones: (() => void)[] = []
  private qrDelante = ''

  constructor(aparato: Aparato, puesto: Puesto) {
    this.aparato = aparato
    this.puesto = puesto
  }

  caja(): CajaEnPantalla {
    if (!this.pantalla) throw new Error('the till is on')
    return this.pantalla
  }

  async darDeAlta(origen: string, como: string): Promise<void> {
    await this.prender()
    await this.caja().darDeAlta(origen, como)
    await this.verTelefonos()
  }

  /** Sells until terminar(), and leaves the till on. @throws what no power cut explains */
  async vivir(origen: string): Promise<void> {
    for (let vez = 0; ; vez++) {
      try {
        if (vez > 0) await this.volver(origen)
        while (!this.termina) await this.vender()
        return
      } catch (error) {
        if (!this.corte) throw error
        await this.corte
        this.corte = undefined
      }
      await dormir(this.puesto.azar.entero(0, PAUSA_MS))
    }
  }

  terminar(): void {
    this.termina = true
  }

  /** The browser is there to be killed. */
  get viva(): boolean {
    return this.aparato.navegador !== undefined && this.corte === undefined
  }

  /** A power cut. */
  async matar(): Promise<void> {
    this.cortes++
    this.corte = this.aparato.matarNavegador()
    await this.corte
  }

  /** "Confirmar venta" is about to be pressed. */
  proximaPresion(): Promise<void> {
    return new Promise((lista) => this.presiones.push(lista))
  }

  /** What this till's screen says that it sold: under "¡Venta registrada!", or in its history after a power cut. */
  get vendidas(): Vendida[] {
    return this.intentos.flatMap(({ folio, hallada, presionadaAt, ...resto }) => {
      const dicho = folio ?? hallada ?? null
      return dicho === null || presionadaAt === null ? [] : [{ ...resto, folio: dicho, presionadaAt }]
    })
  }

  /** Pressed, and the power went before the screen said anything. */
  get sinConfirmar(): Intento[] {
    return this.intentos.filter((i) => i.presionadaAt !== null && i.folio === null)
  }

  private async prender(): Promise<void> {
    this.pantalla = new CajaEnPantalla(await this.aparato.abrirNavegador())
  }

  /** The demo's stand-in for a camera sees the phone that is held out, whether there is a network or not. */
  private async verTelefonos(): Promise<void> {
    const ver = (camino: string, data: () => object) =>
      this.aparato.contexto.route(camino, (ruta) => ruta.fulfill({ json: { success: true, data: data(), message: '' } }))
    await ver('**/api/demo', () => ({}))
    await ver('**/api/demo/qr', () => ({ qr: this.qrDelante }))
  }

  private async volver(origen: string): Promise<void> {
    await this.prender()
    await this.verTelefonos()
    await this.caja().abrir(origen)
    await this.revisarHistorial()
  }

  private async vender(): Promise<void> {
    const caja = this.caja()
    const { azar, telefonos, centavos } = this.puesto
    const telefono = azar.entero(1, UNA_CON_TARJETA_DE) === 1 ? await telefonos.acercarUno() : null
    const intento: Intento = { centavos: centavos(), shopper: telefono?.nombre ?? null, presionadaAt: null, folio: null }
    this.intentos.push(intento)
    const monto = (intento.centavos / 100).toFixed(2)
    if (telefono) {
      this.qrDelante = telefono.qr
      await caja.leerTarjetaDe(telefono.nombre)
      await caja.escribirMonto(monto)
    } else await caja.escribirVenta(monto)
    await caja.revisar()
    await caja.pagina.getByRole('button', { name: 'Confirmar venta' }).waitFor()
    intento.presionadaAt = Date.now()
    for (const lista of this.presiones.splice(0)) lista()
    await caja.confirmar()
    const folio = await caja.folioDelRecibo()
    const importe = await caja.pagina.locator('.importe').innerText()
    assert.is(enCentavos(importe), intento.centavos, `the amount of ${folio}`)
    intento.folio = folio
  }

  /** All that the screen said is in the history, once, with its amount; what it did not live to say is there or is not, and nothing else is. */
  async revisarHistorial(aspecto?: 'servidor'): Promise<void> {
    const hoy = diaDe(Date.now())
    const dichas = this.vendidas.filter((v) => diaDe(v.presionadaAt) === hoy)
    let filas: Fila[] = []
    await this.caja().abrirHistorial()
    await hasta(async () => {
      filas = await this.leerHistorial()
      const vistas = new Set(filas.filter((f) => !aspecto || f.aspecto === aspecto).map((f) => f.folio))
      return dichas.every((v) => vistas.has(v.folio))
    }, `${dichas.length} sales in the history of this till`)
    for (const intento of this.sinConfirmar)
      if (intento.hallada === undefined && diaDe(intento.presionadaAt ?? 0) === hoy)
        intento.hallada = filas.find((f) => f.centavos === intento.centavos)?.folio ?? null
    const porFolio = new Map(this.vendidas.map((v) => [v.folio, v.centavos]))
    assert.is(new Set(filas.map((f) => f.folio)).size, filas.length, 'no folio twice in the history')
    for (const { folio, centavos } of filas) assert.is(centavos, porFolio.get(folio), `${folio} in the history is what was pressed`)
  }

  private async leerHistorial(): Promise<Fila[]> {
    const { pagina } = this.caja()
    const mas = pagina.getByRole('button', { name: /^Ver más/ })
    while ((await mas.count()) > 0) await mas.click()
    const filas = await pagina
      .locator('.sales [data-propio=true]')
      .evaluateAll((todas) =>
        todas.map((fila) => [
          fila.getAttribute('data-folio') ?? '',
          fila.getAttribute('data-aspecto') ?? '',
          fila.querySelector('.end b')?.textContent ?? '',
        ]),
      )
    return filas.map(([folio = '', estado = '', monto = '']) => ({ folio, aspecto: estado, centavos: enCentavos(monto) }))
  }
}

/** `$1,234.50` as a screen shows it. */
const enCentavos = (texto: string): number => Number(texto.replace(/\D/g, ''))

/**
 * The shoppers' phones in a journey whose server comes and goes: each shows a code of its own, made a moment ago, also while the server is away. No code is
 * shown twice.
 */
export const SHOPPERS = ['Juan', 'Ana', 'María'] as const
export type Nombre = (typeof SHOPPERS)[number]

/** Their keys in the demo world. */
export const CLAVES: Record<Nombre, string> = { Juan: 'juan', Ana: 'ana', María: 'maria' }

/** From the seventh sale of a day on a card its points wait for the dueño (R16): that is not what these journeys are about. */
const VENTAS_POR_TARJETA = 6
/** A code counts for two minutes, and the sale takes its time. */
const FRESCO_MS = 80_000
const ESPERA_MS = 2_000

export class TelefonosALaVista {
  private readonly origen: () => string
  /** Made while the server was there, and not shown yet. */
  private readonly listos = new Map<Nombre, { qr: string; at: number }>()
  private readonly acercados = new Map<Nombre, number>()

  constructor(origen: () => string) {
    this.origen = origen
  }

  /** A code for each of them, while the server is there. */
  async preparar(): Promise<void> {
    for (const nombre of SHOPPERS) await this.guardarUno(nombre)
  }

  /** Somebody holds out their phone: whoever bought least. Null: nobody has a code that counts, or all of them bought enough today. */
  async acercarUno(): Promise<{ nombre: Nombre; qr: string } | null> {
    const veces = (nombre: Nombre) => this.acercados.get(nombre) ?? 0
    const nombre = SHOPPERS.toSorted((a, b) => veces(a) - veces(b))[0] ?? 'Juan'
    if (veces(nombre) >= VENTAS_POR_TARJETA) return null
    this.acercados.set(nombre, veces(nombre) + 1)
    const listo = this.listos.get(nombre)
    this.listos.delete(nombre)
    const qr = (await this.pedir(nombre)) ?? (listo && Date.now() - listo.at < FRESCO_MS ? listo.qr : null)
    await this.guardarUno(nombre)
    if (qr === null) this.acercados.set(nombre, veces(nombre) - 1)
    return qr === null ? null : { nombre, qr }
  }

  private async guardarUno(nombre: Nombre): Promise<void> {
    const qr = await this.pedir(nombre)
    if (qr !== null) this.listos.set(nombre, { qr, at: Date.now() })
  }

  /** What that phone shows now; null while the server, which holds the demo's phones, is away. */
  private pedir(nombre: Nombre): Promise<string | null> {
    const cuerpo = JSON.stringify({ shopper: CLAVES[nombre] })
    const pedido = { method: 'POST', headers: { 'content-type': 'application/json' }, body: cuerpo, signal: AbortSignal.timeout(ESPERA_MS) }
    return fetch(`${this.origen()}/api/demo/qr`, pedido)
      .then(async (r) => ((await r.json()) as { data: { qr: string } }).data.qr)
      .catch(() => null)
  }
}

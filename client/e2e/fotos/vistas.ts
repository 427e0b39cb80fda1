/** How a screen is looked at: on a phone, on the smallest one, on a desk; and on a phone in the other theme. */
import type { Page } from 'playwright-core'

export const TELEFONO = { width: 390, height: 844 }
const TAMANOS = [
  { sufijo: '', ...TELEFONO },
  { sufijo: '-320', width: 320, height: 640 },
  { sufijo: '-1280', width: 1280, height: 800 },
]
export type Tema = 'claro' | 'oscuro'

/** What goes through the scenes. */
export interface Mirada {
  /** As it stands now, in every size; and on a phone in `tambien`. */
  retrato(pagina: Page, nombre: string, tambien?: Tema): Promise<void>
  /** On a phone only. */
  deTelefono(pagina: Page, nombre: string): Promise<void>
}

/**
 * `mirar` is called once for each way to look at the page, when nothing moves any more. Leaves it a phone in its own theme. `soloTelefonos`: not on a desk
 * and not in the other theme.
 */
export async function enCadaVista(
  pagina: Page,
  nombre: string,
  tambien: Tema | undefined,
  mirar: (cual: string) => Promise<void>,
  soloTelefonos = false,
): Promise<void> {
  for (const { sufijo, ...tamano } of TAMANOS) {
    if (soloTelefonos && tamano.width > TELEFONO.width) continue
    await pagina.setViewportSize(tamano)
    await quieta(pagina)
    await mirar(`${nombre}${sufijo}`)
  }
  await pagina.setViewportSize(TELEFONO)
  if (tambien === undefined || soloTelefonos) return
  const volver = await conTema(pagina, tambien)
  await quieta(pagina)
  await mirar(`${nombre}-${tambien}`)
  await volver()
}

/** As a page that opened in that theme: each app says at its start which one it wears. */
async function conTema(pagina: Page, tema: Tema): Promise<() => Promise<void>> {
  const colorScheme = tema === 'claro' ? 'light' : 'dark'
  const antes = await pagina.evaluate(() => document.documentElement.dataset.theme ?? null)
  const poner = (cual: string | null) =>
    pagina.evaluate((t) => {
      if (t === null) delete document.documentElement.dataset.theme
      else document.documentElement.dataset.theme = t
    }, cual)
  await pagina.emulateMedia({ colorScheme })
  await poner(colorScheme)
  return async () => {
    await pagina.emulateMedia({ colorScheme: null })
    await poner(antes)
  }
}

/** Screens rise, sheets slide, the seal springs: what is half way is not how they look. */
export async function quieta(pagina: Page): Promise<void> {
  await pagina.evaluate(async () => {
    await document.fonts.ready
    const pasajeras = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.all(pasajeras.map((a) => a.finished.catch(() => {})))
  })
}

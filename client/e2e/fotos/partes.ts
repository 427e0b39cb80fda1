/** Every screen there is, part by part: each on its own devices, all in one demo world with its twelve weeks. */
import type { Mundo } from '../lib/mundo.ts'
import { escenasDeCardya } from './cardya.ts'
import { escenasDeEscritorio } from './escritorio.ts'
import { escenasDelMostrador } from './mostrador.ts'
import { escenasDelPanel } from './panel.ts'
import { escenasDeScanya } from './scanya.ts'
import { escenasDeStudio } from './studio.ts'
import type { Mirada } from './vistas.ts'

export const PARTES: Record<string, (mundo: Mundo, mirada: Mirada) => Promise<void>> = {
  escritorio: escenasDeEscritorio,
  studio: escenasDeStudio,
  panel: escenasDelPanel,
  cardya: escenasDeCardya,
  mostrador: escenasDelMostrador,
  scanya: escenasDeScanya,
}

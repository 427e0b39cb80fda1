import { sha256 } from '../../core/ids.ts'

/**
 * PWA-14, design 04 §1.3. Four digits that a tablet and the server work out of the same link and key, each by itself: the dueño sees that both screens say
 * the same before the tablet is let in. Another tablet with the same link has another key, so other digits (one time in 10,000 the same).
 */
export async function cotejoDe(token: string, clavePublica: string): Promise<string> {
  const resumen = await sha256(`CYA1|cotejo|${token}|${clavePublica}`)
  return String(Number.parseInt(resumen.slice(0, 12), 16) % 10_000).padStart(4, '0')
}

/** A page opened by http from another machine gets no camera, no keys and no service worker (design 07): it must say so, and what to do. */
import { t } from './textos.ts'

export type MotivoDeContexto = 'http_en_la_red' | 'navegador_viejo'

/** Why this page cannot keep keys nor work offline; null when it can. */
export function motivoDeContexto(
  { seguro, conLlaves }: { seguro: boolean; conLlaves: boolean } = {
    seguro: globalThis.isSecureContext,
    conLlaves: typeof globalThis.crypto?.subtle === 'object' && 'serviceWorker' in navigator,
  },
): MotivoDeContexto | null {
  if (!seguro) return 'http_en_la_red'
  return conLlaves ? null : 'navegador_viejo'
}

/** The same in words, or null. */
export function avisoDeContexto(motivo: MotivoDeContexto | null = motivoDeContexto()): string | null {
  return motivo && { http_en_la_red: t.contextoInseguro, navegador_viejo: t.navegadorViejo }[motivo]
}

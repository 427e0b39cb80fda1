/** By the platform's own sheet; where there is none, to the clipboard. `cancelado`: the person closed it, or nothing is allowed. */
export async function compartir(title: string, text: string): Promise<'compartido' | 'copiado' | 'cancelado'> {
  try {
    if (navigator.share) {
      await navigator.share({ title, text })
      return 'compartido'
    }
    await navigator.clipboard.writeText(text)
    return 'copiado'
  } catch {
    return 'cancelado'
  }
}

/** Where the picture of a hash is seen: from this device while the server may not have it yet, else from the server, kept by the service worker. */
import { useCallback, useEffect, useState } from 'react'
import type { ReplicaApi, Respuesta } from '../../../workers/replica/api.ts'

/** Pictures that were added here since the page opened: shown at once, before any upload. */
const locales = new Map<string, string>()

export const direccionDeFoto = (negocioId: string, hash: string): string => `/imagenes/${negocioId}/${hash}`

/** CAT-05. Shrinks a picture, keeps it for upload and shows it at once. IMAGEN_INVALIDA, IMAGEN_GRANDE. */
export async function agregarFoto(replica: ReplicaApi, archivo: Blob): Promise<Respuesta<{ hash: string }>> {
  const r = await replica.guardarImagen?.(archivo)
  if (!r) return { ok: false, codigo: 'REPLICA_NO_ABRE' }
  if (r.ok && !locales.has(r.valor.hash)) await traer(replica, r.valor.hash)
  return r
}

async function traer(replica: ReplicaApi, hash: string): Promise<string | null> {
  const r = await replica.imagenLocal?.(hash)
  if (!r?.ok || r.valor === null) return null
  const url = URL.createObjectURL(r.valor)
  locales.set(hash, url)
  return url
}

/**
 * `src` null: there is no such picture here, nor does the server answer. `alFallar` goes on the image: what the server does not give is looked for on
 * this device. `replica` null: a public page, which has none.
 */
export function useFoto(
  replica: ReplicaApi | null,
  negocioId: string,
  hash: string | undefined,
): { src: string | null; alFallar: () => void } {
  const [src, setSrc] = useState<string | null>(null)
  useEffect(() => setSrc(hash === undefined ? null : (locales.get(hash) ?? direccionDeFoto(negocioId, hash))), [negocioId, hash])
  const alFallar = useCallback(() => {
    setSrc(null)
    if (replica && hash !== undefined) void traer(replica, hash).then((url) => url && setSrc(url))
  }, [replica, hash])
  return { src, alFallar }
}

/** Whether this picture was added here and may be waiting for the network. */
export const esDeEsteEquipo = (hash: string): boolean => locales.has(hash)

import { useEffect, useState } from 'react'
import type { Coleccion, Documento } from '../../schema/protocol/pull.ts'
import type { ReplicaApi } from '../../workers/replica/api.ts'

/**
 * The live documents of a collection; null until the first answer. `D` is the document type of that collection on the wire
 * (schema/protocol/documentos.ts).
 */
export function useColeccion<D>(replica: ReplicaApi, coleccion: Coleccion): D[] | null {
  const [documentos, setDocumentos] = useState<D[] | null>(null)
  useEffect(
    () =>
      seguir(
        (alCambiar) => replica.observar({ coleccion }, alCambiar),
        (lista: Documento[]) => setDocumentos(lista as D[]),
      ),
    [replica, coleccion],
  )
  return documentos
}

/** Subscribes, and ends the subscription even when it was still being made. */
export function seguir<T>(suscribir: (alCambiar: (valor: T) => void) => Promise<() => void>, alCambiar: (valor: T) => void): () => void {
  let vivo = true
  const suscripcion = suscribir((valor) => {
    if (vivo) alCambiar(valor)
  })
  // A replica that closed meanwhile has nothing left to end.
  return () => {
    vivo = false
    suscripcion.then((terminar) => terminar()).catch(() => {})
  }
}

import { useEffect, useState } from 'react'
import type { Coleccion, Documento } from '../../schema/protocol/pull.ts'
import type { Consulta, ReplicaApi } from '../../workers/replica/api.ts'

/**
 * The live documents of a collection; null until the first answer. `D` is the document type of that collection on the wire
 * (schema/protocol/documentos.ts). `consulta` narrows it (selector, orden, limite); what it says, not which object it is, decides a new
 * subscription. What was known stays until the new answer is here.
 */
export function useColeccion<D>(replica: ReplicaApi, coleccion: Coleccion, consulta: Omit<Consulta, 'coleccion'> = {}): D[] | null {
  const [documentos, setDocumentos] = useState<D[] | null>(null)
  const pedida = JSON.stringify(consulta)
  useEffect(
    () =>
      seguir(
        (alCambiar) => replica.observar({ coleccion, ...(JSON.parse(pedida) as Omit<Consulta, 'coleccion'>) }, alCambiar),
        (lista: Documento[]) => setDocumentos(lista as D[]),
      ),
    [replica, coleccion, pedida],
  )
  return documentos
}

/** Subscribes, and ends the subscription even when it was still being made. */
export function seguir<T>(suscribir: (alCambiar: (valor: T) => void) => Promise<() => void>, alCambiar: (valor: T) => void): () => void {
  let vivo = true
  const suscripcion = suscribir((valor) => {
    if (vivo) alCambiar(valor)
  })
  // A store that is going (a device that was revoked) gives nothing to follow; what was known stays.
  suscripcion.catch(() => {})
  // A replica that closed meanwhile has nothing left to end.
  return () => {
    vivo = false
    suscripcion.then((terminar) => terminar()).catch(() => {})
  }
}

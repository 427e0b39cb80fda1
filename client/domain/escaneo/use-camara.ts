import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Lectura } from '../../../workers/scanner/api.ts'
import { type Camara, crearCamara, type EstadoDeCamara } from '../../lib/camara.ts'

interface Opciones {
  pausada: boolean
  alLeer: (lectura: Lectura, estado: EstadoDeCamara) => void
}

/** The camera of a screen: on while the screen is mounted. Both null until it has said its first word. */
export function useCamara(video: RefObject<HTMLVideoElement | null>, { pausada, alLeer }: Opciones) {
  const [camara, setCamara] = useState<Camara | null>(null)
  const [estado, setEstado] = useState<EstadoDeCamara | null>(null)
  const ultimo = useRef(alLeer)
  useEffect(() => {
    ultimo.current = alLeer
  })
  useEffect(() => {
    if (!video.current) return
    const nueva = crearCamara(video.current, { alLeer: (lectura) => ultimo.current(lectura, nueva.estado), alCambiar: setEstado })
    setCamara(nueva)
    void nueva.encender()
    return () => nueva.apagar()
  }, [video])
  useEffect(() => camara?.pausar(pausada), [camara, pausada])
  return { camara, estado }
}

import { ImageOff, Package } from 'lucide-react'
import type { ReplicaApi } from '../../../workers/replica/api.ts'
import { useFoto } from './fotos.ts'
import './foto.css'

/** A picture of an artículo, or a quiet placeholder. Decoration where the name stands beside it: `alt` empty. */
export function Foto({
  replica,
  negocioId,
  hash,
  clase,
  alt = '',
}: {
  replica: ReplicaApi | null
  negocioId: string
  hash: string | undefined
  clase: string
  alt?: string
}) {
  const { src, alFallar } = useFoto(replica, negocioId, hash)
  if (src === null) {
    const Icono = hash === undefined ? Package : ImageOff
    return (
      <span className={`foto-vacia ${clase}`}>
        <Icono className="i" aria-hidden="true" />
      </span>
    )
  }
  return <img className={clase} src={src} alt={alt} loading="lazy" decoding="async" onError={alFallar} />
}

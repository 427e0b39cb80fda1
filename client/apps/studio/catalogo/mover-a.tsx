import { useId, useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { Catalogo } from '../../../../workers/replica/api.ts'
import type { Acciones } from './acciones.ts'
import { HojaDeVarios } from './hoja-de-varios.tsx'
import { t } from './textos.ts'

interface Props {
  articulos: ArticuloDoc[]
  acciones: Acciones
  categorias: Catalogo['categorias']
  alCerrar: () => void
}

/** Another category for many, one of those there are or a new one. */
export function MoverA({ articulos, acciones, categorias, alCerrar }: Props) {
  const id = useId()
  const [categoria, setCategoria] = useState('')
  const limpia = categoria.trim()
  const aplicar = async () => {
    if (limpia !== '' && (await acciones.mover(articulos, limpia))) alCerrar()
  }
  return (
    <HojaDeVarios titulo={t.moverA} accion={t.moverN(articulos.length)} listo={limpia !== ''} aplicar={aplicar} alCerrar={alCerrar}>
      <div className="row wrap">
        {categorias.map(({ nombre }) => (
          <button key={nombre} type="button" className="btn" aria-pressed={nombre === categoria} onClick={() => setCategoria(nombre)}>
            {nombre}
          </button>
        ))}
      </div>
      <div className="field">
        <label htmlFor={id}>{t.otraCategoria}</label>
        <span className="in">
          <input id={id} value={categoria} maxLength={100} onChange={(evento) => setCategoria(evento.target.value)} />
        </span>
      </div>
    </HojaDeVarios>
  )
}

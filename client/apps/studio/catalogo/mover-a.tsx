import { useId, useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { Catalogo } from '../../../../workers/replica/api.ts'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import type { Acciones } from './acciones.ts'
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
    <Hoja
      titulo={t.moverA}
      alCerrar={alCerrar}
      alGuardar={() => void aplicar()}
      ancho="angosta"
      clase="cat-hoja"
      pie={
        <>
          <span className="sp" />
          <button type="button" className="btn g" onClick={alCerrar}>
            {t.cancelar}
          </button>
          <button type="button" className="btn p" disabled={limpia === ''} onClick={() => void aplicar()}>
            {t.moverN(articulos.length)}
          </button>
        </>
      }
    >
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
    </Hoja>
  )
}

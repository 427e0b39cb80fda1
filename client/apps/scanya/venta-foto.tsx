import { useState } from 'react'
import { useFotoDeVenta } from '../../domain/transacciones/use-foto-de-venta.ts'
import { useCaja } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { correccion as c } from './textos-de-correccion.ts'

/** SCAN-17, 34: the evidence photo of a sale, small on its paper and whole when it is touched. */
export function Evidencia({ hash }: { hash: string }) {
  const foto = useFotoDeVenta(useCaja().replica, hash)
  const [entera, setEntera] = useState(false)
  if (foto.como === 'buscando') return null
  if (foto.como === 'no_esta')
    return (
      <p className="sm soft evidencia__nota" role="status">
        <Icono de="camara" />
        {foto.sinRed ? c.fotoSinRed : c.fotoFalta}
      </p>
    )
  return (
    <>
      <button type="button" className="evidencia" aria-label={c.verFoto} onClick={() => setEntera(true)}>
        <img src={foto.src} alt="" />
        <span className="sm">{c.foto}</span>
      </button>
      {entera && (
        <Hoja titulo={c.foto} alCerrar={() => setEntera(false)}>
          <img className="evidencia__entera" src={foto.src} alt={c.foto} />
        </Hoja>
      )}
    </>
  )
}

import { type FormEvent, useState } from 'react'
import { textoDe } from '../../../lib/i18n.ts'
import { Eleccion, type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import { CAMPOS_DE_DATOS, CamposDeDatos, datosDe } from './datos.tsx'
import { CamposDePin, pinDe } from './pin.tsx'
import { plantillasQuePuedeDar } from './plantillas.ts'

/** EMP-06. */
export function AltaDeEmpleado({ sesion, negocio, sucursalId, alCerrar }: DeSeccion & { alCerrar: () => void }) {
  const [falla, setFalla] = useState<Falla | null>(null)
  const guardar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const forma = e.currentTarget
    const pin = pinDe(forma)
    if (typeof pin !== 'string') return setFalla(pin)
    const cuerpo = { ...datosDe(forma), pin, plantilla: String(new FormData(forma).get('plantilla')) }
    const r = await sesion.pedir(`/api/negocios/${negocio.negocioId}/empleados`, { cuerpo })
    if (r.ok) alCerrar()
    else setFalla({ campo: r.campo ?? null, texto: textoDe(r.codigo) })
  }
  return (
    <form className="card studio-forma" onSubmit={(e) => void guardar(e)}>
      <div className="studio-campos">
        <CamposDeDatos negocio={negocio} sucursalId={sucursalId} falla={falla} />
        <CamposDePin rotulo={ts.pin} falla={falla} />
        <Eleccion rotulo={ts.plantilla} name="plantilla">
          {plantillasQuePuedeDar(negocio.permisosScanYA ?? null).map((nombre) => (
            <option key={nombre}>{nombre}</option>
          ))}
        </Eleccion>
      </div>
      <FallaDeForma falla={falla} campos={[...CAMPOS_DE_DATOS.filter((c) => c !== 'sucursalId'), 'pin', 'otraVez']} />
      <div className="row">
        <button type="submit" className="btn p">
          {ts.guardar}
        </button>
        <button type="button" className="btn g" onClick={alCerrar}>
          {ts.cancelar}
        </button>
      </div>
    </form>
  )
}

import { useId } from 'react'
import { seVendeEn } from '../../../../schema/domain/articulos/articulo.ts'
import { conSucursal } from '../../../domain/articulos/forma.ts'
import { useStudio } from '../../../replica/studio.ts'
import { t } from './textos.ts'

/** Where it counts; none chosen: everywhere. A gerente has one sucursal and chooses none (EMP-38). */
export function EnSucursales({ elegidas, poner }: { elegidas: string[]; poner: (elegidas: string[]) => void }) {
  const { negocio, alta } = useStudio()
  const id = useId()
  const todas = negocio.sucursales.map((s) => s.id)
  if (negocio.papel === 'gerente' || todas.length < 2) return null
  return (
    <fieldset className="field" aria-labelledby={id}>
      <span className="lb" id={id}>
        {t.sucursales}
      </span>
      <div className="row wrap fm-sucursales">
        {negocio.sucursales.map((s) => (
          <label key={s.id} className="row">
            <input
              className="ck"
              type="checkbox"
              checked={seVendeEn({ sucursales: elegidas }, s.id)}
              disabled={s.id === alta.sucursalId && seVendeEn({ sucursales: elegidas }, s.id)}
              onChange={(e) => {
                const nuevas = conSucursal(elegidas, todas, s.id, e.target.checked)
                if (nuevas) poner(nuevas)
              }}
            />
            {s.nombre}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

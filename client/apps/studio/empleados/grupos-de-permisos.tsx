import { useId } from 'react'
import { type PermisosScanYA, PLANTILLAS, puede, puedeDar } from '../../../../schema/domain/empleados/permisos.ts'
import { conOtro, GRUPOS, NOMBRES_DE_PLANTILLA, plantillaDe } from './plantillas.ts'
import { CORTOS, t } from './textos.ts'

interface Props {
  permisos: PermisosScanYA
  /** SCAN-05. Who gives them gives what they have; null: everything. */
  tope?: PermisosScanYA | null
  /** What was given before stays. */
  antes?: PermisosScanYA
  alCambiar: (permisos: PermisosScanYA) => void
}

/** EMP-10, 12. What somebody may do at a till: by group, from a template or by hand. Nothing is saved here. */
export function GruposDePermisos({ permisos, tope = null, antes, alCambiar }: Props) {
  const id = useId()
  const sePuede = (otros: PermisosScanYA) => puedeDar(tope, otros, antes)
  const plantilla = plantillaDe(permisos)
  return (
    <>
      <fieldset className="field">
        <legend className="lb">{t.plantilla}</legend>
        <div className="seg em-plantillas">
          {NOMBRES_DE_PLANTILLA.map((nombre) => (
            <button
              key={nombre}
              type="button"
              aria-pressed={plantilla === nombre}
              disabled={!sePuede(PLANTILLAS[nombre])}
              onClick={() => alCambiar(PLANTILLAS[nombre])}
            >
              {CORTOS[nombre]}
            </button>
          ))}
        </div>
        <span className="hint" role="status">
          {plantilla ? t.sinCambios(plantilla) : t.personalizado}
        </span>
        {tope && <span className="hint">{t.soloLoPropio}</span>}
      </fieldset>
      <div className="em-grupos">
        {GRUPOS.map(({ grupo, titulo, acciones }) => (
          <fieldset key={grupo} className="em-grupo">
            <legend>{t[titulo]}</legend>
            {acciones.map((accion) => (
              <div key={accion} className="em-permiso">
                <span id={`${id}${accion}`} className="sp">
                  {t[accion]}
                </span>
                <button
                  type="button"
                  className="sw"
                  role="switch"
                  aria-checked={puede(permisos, accion)}
                  aria-labelledby={`${id}${accion}`}
                  disabled={!puede(permisos, accion) && !sePuede(conOtro(permisos, grupo, accion))}
                  onClick={() => alCambiar(conOtro(permisos, grupo, accion))}
                />
              </div>
            ))}
            {grupo === 'operaciones' && <p className="hint sm mut">{t.multiplicador}</p>}
          </fieldset>
        ))}
      </div>
    </>
  )
}

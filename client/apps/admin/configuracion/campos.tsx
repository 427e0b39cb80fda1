/** The fields of the form: a number with its unit, and a switch, each with what it was. */
import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import type { ContenidoDeConfiguracionApp } from '../../../../schema/domain/configuracion-app/configuracion-app.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { Interruptor } from '../../../ui/escritorio/interruptor.tsx'
import { type Borrador, type Campo, enTexto, type Falla, type Llave, NUMEROS, type Numero, valorEn } from './borrador.ts'
import { t } from './textos.ts'

/** What every field needs to know. */
export interface Formulario {
  base: ContenidoDeConfiguracionApp
  borrador: Borrador
  fallas: Partial<Record<Campo, Falla>>
  alEscribir: (campo: Campo, valor: string | boolean) => void
}

/** `unidad`: after the number. `ayuda`: under it, while it is as in force. */
export function CampoDeNumero({ campo, de, unidad, ayuda }: { campo: Numero; de: Formulario; unidad?: string; ayuda?: string }) {
  const id = useId()
  const antes = enTexto(campo, Number(valorEn(de.base, campo)))
  const escrito = de.borrador[campo]
  const falla = de.fallas[campo]
  return (
    <div className={falla ? 'field err' : 'field'}>
      <label htmlFor={id}>
        {t[campo]}
        {escrito !== undefined && <Etiqueta tono="acc">{t.cambio}</Etiqueta>}
      </label>
      <span className={escrito === undefined ? 'in' : 'in ed'}>
        <input
          id={id}
          className="n"
          inputMode={'decimales' in NUMEROS[campo] ? 'decimal' : 'numeric'}
          autoComplete="off"
          maxLength={12}
          value={escrito ?? antes}
          aria-describedby={`${id}a ${id}e`}
          aria-invalid={falla !== undefined}
          onChange={(evento) => de.alEscribir(campo, evento.target.value)}
        />
        {unidad && <span className="mut nw">{unidad}</span>}
      </span>
      <p className="hint" id={`${id}a`}>
        {escrito === undefined ? ayuda : <Antes de={antes} alRestaurar={() => de.alEscribir(campo, antes)} />}
      </p>
      <p className="em" id={`${id}e`} role="alert">
        {falla && (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {enPalabras(campo, falla)}
          </>
        )}
      </p>
    </div>
  )
}

function Antes({ de, alRestaurar }: { de: string; alRestaurar: () => void }) {
  return (
    <>
      {t.antes(de)}{' '}
      <button type="button" className="conf-enlace" onClick={alRestaurar}>
        {t.restaurar}
      </button>
    </>
  )
}

function enPalabras(campo: Numero, falla: Falla): string {
  if (falla === 'orden') return campo === 'umbrales.oro' ? t.ordenUmbral : t.ordenVeces
  const { min, max } = NUMEROS[campo]
  return t.rango(enTexto(campo, min), enTexto(campo, max))
}

/** `nombre`: what is seen of its name under the heading of its nivel. */
export function CampoDeLlave({ campo, de, nombre, ayuda }: { campo: Llave; de: Formulario; nombre: string; ayuda: string }) {
  const si = de.borrador[campo] ?? valorEn(de.base, campo) === true
  return (
    <div className="conf-llave">
      <div className="sp">
        <b className="b">{nombre}</b>
        <span className="sm mut">{ayuda}</span>
      </div>
      {de.borrador[campo] !== undefined && <Etiqueta tono="acc">{t.cambio}</Etiqueta>}
      <span className={si ? 'sm b' : 'sm mut'}>{si ? t.encendido : t.apagado}</span>
      <Interruptor si={si} etiqueta={t[campo]} alCambiar={(nuevo) => de.alEscribir(campo, nuevo)} />
    </div>
  )
}

import { CircleAlert, Eye, Package, PackageX, Star, Store, Wrench } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { seVendeEn } from '../../../../../schema/domain/articulos/articulo.ts'
import { nombreDeCampo, valorDeCampo } from '../../../../domain/articulos/campos.ts'
import { type Campo, type Campos, conSucursal } from '../../../../domain/articulos/forma.ts'
import { t as ta } from '../../../../domain/articulos/textos.ts'
import { pesos } from '../../../../lib/formato.ts'
import { useStudio } from '../../../../replica/studio.ts'
import { Interruptor } from '../../../../ui/escritorio/interruptor.tsx'
import { Galeria } from './galeria.tsx'
import { t } from './textos.ts'

const DESCRIPCION_MAXIMA = 2_000

export type Poner = <C extends Campo>(campo: C, valor: Campos[C]) => void
interface Props {
  campos: Campos
  /** What the document says; null: it is new, nothing "changed". */
  original: Campos | null
  /** As it is being written. */
  precio: string
  errores: Partial<Record<Campo, string>>
  /** EMP-38. Why it is only looked at; null: it may be changed. */
  ajeno: string | null
  categorias: string[]
  recuperado: boolean
  alDescartarBorrador: () => void
  poner: Poner
  escribirPrecio: (texto: string) => void
}

export function CamposDeArticulo(props: Props) {
  const { campos, original, precio, errores, categorias, poner, escribirPrecio } = props
  const { negocio } = useStudio()
  const id = useId()
  const sucursales = new Map(negocio.sucursales.map((s) => [s.id, s.nombre]))
  const marca = (campo: Campo): DeMarca => {
    const cambio = original !== null && String(original[campo]) !== String(campos[campo])
    return {
      campo,
      error: errores[campo] ?? null,
      antes: cambio ? valorDeCampo(campo, original[campo], sucursales) : null,
      restaurar: () => original && poner(campo, original[campo]),
    }
  }
  return (
    <fieldset className="l" disabled={props.ajeno !== null}>
      {props.ajeno !== null && (
        <p className="banner">
          <Store className="i" aria-hidden="true" />
          <span className="sp">{props.ajeno}</span>
        </p>
      )}
      {props.recuperado && (
        <div className="banner" role="status">
          <span className="sp">{t.borrador}</span>
          <button type="button" className="studio-enlazado" onClick={props.alDescartarBorrador}>
            {t.descartarBorrador}
          </button>
        </div>
      )}
      <Galeria imagenes={campos.imagenes} poner={(imagenes) => poner('imagenes', imagenes)} />
      <Marcado id={`${id}n`} rotulo={t.nombre} {...marca('nombre')}>
        {(dentro) => (
          <span className={dentro.clase}>
            <input
              {...dentro.campo}
              data-foco={original ? undefined : ''}
              value={campos.nombre}
              maxLength={200}
              required
              onChange={(e) => poner('nombre', e.target.value)}
            />
          </span>
        )}
      </Marcado>
      <div className="two">
        <Marcado id={`${id}p`} rotulo={t.precio} {...marca('precioCentavos')}>
          {(dentro) => (
            <span className={dentro.clase}>
              <span className="mut" aria-hidden="true">
                $
              </span>
              <input {...dentro.campo} className="n" inputMode="decimal" value={precio} onChange={(e) => escribirPrecio(e.target.value)} />
            </span>
          )}
        </Marcado>
        <div className="col">
          <Marcado id={`${id}c`} rotulo={t.categoria} {...marca('categoria')}>
            {(dentro) => (
              <span className={dentro.clase}>
                <input
                  {...dentro.campo}
                  list={`${id}cs`}
                  value={campos.categoria}
                  maxLength={100}
                  placeholder={t.categoriaAyuda}
                  onChange={(e) => poner('categoria', e.target.value)}
                />
              </span>
            )}
          </Marcado>
          <datalist id={`${id}cs`}>
            {categorias.map((nombre) => (
              <option key={nombre} value={nombre} />
            ))}
          </datalist>
          <label className="row hint art-desde">
            <input className="ck" type="checkbox" checked={campos.desde} onChange={(e) => poner('desde', e.target.checked)} />
            {t.mostrarDesde(pesos(campos.precioCentavos))}
          </label>
        </div>
      </div>
      <Marcado
        id={`${id}d`}
        rotulo={t.descripcion}
        {...marca('descripcion')}
        sinAntes
        junto={
          <>
            <span className="sp" />
            <span className="mut n art-letras">{t.letras(campos.descripcion.length, DESCRIPCION_MAXIMA)}</span>
          </>
        }
      >
        {(dentro) => (
          <textarea
            {...dentro.campo}
            className={dentro.clase}
            rows={2}
            maxLength={DESCRIPCION_MAXIMA}
            value={campos.descripcion}
            onChange={(e) => poner('descripcion', e.target.value)}
          />
        )}
      </Marcado>
      <div className="two">
        <div className="field">
          <span className="lb" id={`${id}t`}>
            {t.tipo} <Cambio si={marca('tipo').antes !== null} />
          </span>
          <fieldset className="seg full" aria-labelledby={`${id}t`}>
            {(['producto', 'servicio'] as const).map((tipo) => (
              <button key={tipo} type="button" aria-pressed={campos.tipo === tipo} onClick={() => poner('tipo', tipo)}>
                {tipo === 'producto' ? <Package className="i" aria-hidden="true" /> : <Wrench className="i" aria-hidden="true" />}
                {ta[tipo]}
              </button>
            ))}
          </fieldset>
        </div>
        <EnSucursales elegidas={campos.sucursales} poner={poner} cambio={marca('sucursales').antes !== null} />
      </div>
      <div className="two tg">
        <Conmutador
          icono={<Eye className="i" aria-hidden="true" />}
          texto={t.visible}
          si={campos.visible}
          alCambiar={(si) => poner('visible', si)}
        />
        <Conmutador
          icono={<Star className="i" aria-hidden="true" />}
          texto={t.destacado}
          si={campos.destacado}
          alCambiar={(si) => poner('destacado', si)}
        />
        <Conmutador
          icono={<PackageX className="i" aria-hidden="true" />}
          texto={t.agotado}
          si={campos.agotado}
          alCambiar={(si) => poner('agotado', si)}
        />
      </div>
    </fieldset>
  )
}

interface DeMarca {
  campo: Campo
  error: string | null
  /** What it said before; null: it did not change. */
  antes: string | null
  restaurar: () => void
}

interface DeCampo {
  clase: string
  campo: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }
}

/** A labelled field that says whether it was changed, what it was, and takes it back. Its error is tied to it. */
function Marcado({
  id,
  rotulo,
  campo,
  error,
  antes,
  restaurar,
  junto,
  sinAntes = false,
  children,
}: DeMarca & { id: string; rotulo: string; junto?: ReactNode; sinAntes?: boolean; children: (dentro: DeCampo) => ReactNode }) {
  return (
    <div className={error ? 'field err' : 'field'}>
      <div className="row g4">
        <label htmlFor={id} className="art-rotulo">
          {rotulo}
        </label>
        <Cambio si={antes !== null} />
        {sinAntes && antes !== null && <Restaurar campo={campo} restaurar={restaurar} />}
        {junto}
      </div>
      {children({
        clase: antes !== null ? 'in ed' : 'in',
        campo: { id, 'aria-describedby': `${id}a`, 'aria-invalid': error !== null },
      })}
      <span id={`${id}a`} className={error ? 'em' : 'hint'}>
        {error ? (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {error}
          </>
        ) : (
          antes !== null &&
          !sinAntes && (
            <>
              {t.antes(antes)} <Restaurar campo={campo} restaurar={restaurar} />
            </>
          )
        )}
      </span>
    </div>
  )
}

const Cambio = ({ si }: { si: boolean }) => (si ? <span className="tag acc">{t.cambio}</span> : null)

function Restaurar({ campo, restaurar }: { campo: Campo; restaurar: () => void }) {
  return (
    <button type="button" className="studio-enlazado" aria-label={t.restaurarDe(nombreDeCampo(campo))} onClick={restaurar}>
      {t.restaurar}
    </button>
  )
}

/** CAT-13. A gerente has one sucursal and chooses none; with one sucursal there is nothing to choose. A device of one sucursal keeps it (EMP-38). */
function EnSucursales({ elegidas, poner, cambio }: { elegidas: string[]; poner: Poner; cambio: boolean }) {
  const { negocio, alta } = useStudio()
  const id = useId()
  const todas = negocio.sucursales.map((s) => s.id)
  if (negocio.papel === 'gerente' || todas.length < 2) return <div />
  return (
    <fieldset className="field" aria-labelledby={id}>
      <span className="lb" id={id}>
        {t.sucursales} <Cambio si={cambio} />
      </span>
      <div className="row wrap art-sucursales">
        {negocio.sucursales.map((s) => (
          <label key={s.id} className="row">
            <input
              className="ck"
              type="checkbox"
              checked={seVendeEn({ sucursales: elegidas }, s.id)}
              disabled={s.id === alta.sucursalId && seVendeEn({ sucursales: elegidas }, s.id)}
              onChange={(e) => {
                const nuevas = conSucursal(elegidas, todas, s.id, e.target.checked)
                if (nuevas) poner('sucursales', nuevas)
              }}
            />
            {s.nombre}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Conmutador({ icono, texto, si, alCambiar }: { icono: ReactNode; texto: string; si: boolean; alCambiar: (si: boolean) => void }) {
  return (
    <div className="row art-conmutador">
      {icono}
      <span className="sp">{texto}</span>
      <Interruptor si={si} etiqueta={texto} alCambiar={alCambiar} />
    </div>
  )
}

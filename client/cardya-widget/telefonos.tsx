/** @jsxImportSource preact */
/** The phones of the card, and taking away one that was lost (design 04 §1.3). Asked of the server each time: what is removed must be what is. Loaded when it opens. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { diaDe } from './cuando.ts'
import { Esperando } from './esperando.tsx'
import { Icono } from './iconos.tsx'
import type { Sincronia } from './sincronia.ts'
import './telefonos.css'
import { t } from './textos-de-telefonos.ts'

interface Telefono {
  llave: string
  nombre: string
  /** ms */
  altaAt: number
  vistoAt: number
  este: boolean
}
interface Propiedades {
  ahora: number
  /** The last exchange with the server went well. */
  enLinea: boolean
  sincronia: Sincronia | null
}

const CAMINO = '/api/cardya/telefonos'
const nombreDe = ({ nombre }: Telefono): string => nombre || t.sinNombre

export function Telefonos({ ahora, enLinea, sincronia }: Propiedades) {
  const [telefonos, setTelefonos] = useState<Telefono[] | null>(null)
  const [fallo, setFallo] = useState(false)
  const [dicho, setDicho] = useState('')
  const traer = useCallback(async () => {
    if (!sincronia) return
    const dado = await sincronia.pedir(CAMINO)
    setFallo(!dado.ok)
    if (dado.ok) setTelefonos(dado.valor as Telefono[])
  }, [sincronia])
  useEffect(() => {
    if (enLinea) void traer()
  }, [enLinea, traer])
  const quitar = async (telefono: Telefono): Promise<boolean> => {
    const hecho = await sincronia?.pedir(`${CAMINO}/${telefono.llave}`, { metodo: 'DELETE' })
    if (!hecho?.ok) return false
    setTelefonos((antes) => antes?.filter(({ llave }) => llave !== telefono.llave) ?? null)
    setDicho(t.quitado(nombreDe(telefono)))
    return true
  }
  return (
    <>
      <p class="soft sm telefonos__intro">{t.explica}</p>
      <div role="status">
        {dicho && (
          <p class="consejo panel telefonos__dicho">
            <Icono de="palomita" />
            <span>
              <b>{dicho}</b> {t.volver}
            </span>
          </p>
        )}
      </div>
      {!enLinea && (
        <p class="consejo panel" data-estado="sin-red">
          <Icono de="sinRed" />
          <span>{t.sinRed}</span>
        </p>
      )}
      {telefonos ? (
        <section aria-label={t.titulo}>
          <ul class="list panel hist">
            {telefonos.map((telefono) => (
              <Renglon key={telefono.llave} {...{ telefono, ahora, enLinea, quitar }} />
            ))}
          </ul>
          <p class="soft sm telefonos__pie">{telefonos.length === 1 ? t.soloEste : t.deEste}</p>
        </section>
      ) : (
        enLinea && <Esperando {...{ fallo, t }} clase="telefonos__intro" alPedir={traer} />
      )}
    </>
  )
}

interface DeRenglon {
  telefono: Telefono
  ahora: number
  enLinea: boolean
  /** Whether the server took it away. */
  quitar: (telefono: Telefono) => Promise<boolean>
}

function Renglon({ telefono, ahora, enLinea, quitar }: DeRenglon) {
  const [paso, setPaso] = useState<'nada' | 'preguntando' | 'quitando' | 'fallo'>('nada')
  const nombre = nombreDe(telefono)
  const si = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (paso === 'preguntando') si.current?.focus()
  }, [paso])
  const hacerlo = async () => {
    setPaso('quitando')
    if (!(await quitar(telefono))) setPaso('fallo')
  }
  return (
    <li class="telefono" data-telefono={telefono.nombre} data-este={telefono.este}>
      <div class="telefono__fila">
        <span class="tile">
          <Icono de="telefono" />
        </span>
        <span class="grow renglon">
          <b class="m">{nombre}</b>
          {telefono.este && <span class="telefono__este">{t.este}</span>}
          {[t.visto(diaDe(telefono.vistoAt, ahora)), t.agregado(diaDe(telefono.altaAt, ahora))].map((cuando) => (
            <span key={cuando} class="sm dim num telefono__cuando">
              {cuando}
            </span>
          ))}
        </span>
        {!telefono.este && paso === 'nada' && (
          <button
            type="button"
            class="btn btn--sm btn--secondary"
            disabled={!enLinea}
            aria-label={t.quitarEste(nombre)}
            onClick={() => setPaso('preguntando')}
          >
            {t.quitar}
          </button>
        )}
      </div>
      {paso !== 'nada' && (
        <section class="salida" aria-label={t.seguro(nombre)}>
          <p class="sm">
            <b>{t.seguro(nombre)}</b> {t.pasara}
          </p>
          {paso === 'fallo' && (
            <p class="aviso" role="alert">
              <Icono de="atencion" />
              <span>{t.noSePudo}</span>
            </p>
          )}
          <div class="actions">
            <button type="button" class="btn btn--sm btn--quiet" disabled={paso === 'quitando'} onClick={() => setPaso('nada')}>
              {t.cancelar}
            </button>
            <button
              type="button"
              class="btn btn--sm btn--danger"
              disabled={paso === 'quitando' || !enLinea}
              ref={si}
              onClick={() => void hacerlo()}
            >
              {paso === 'quitando' ? t.quitando : t.siQuitar}
            </button>
          </div>
        </section>
      )}
    </li>
  )
}

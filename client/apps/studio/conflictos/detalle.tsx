/** One case: its fields side by side, what it will be, and the decision. Keys: J K the field, 1 2 a side, E a third value, Ctrl+Enter saves. */
import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { porQueNoSeCambia } from '../../../domain/articulos/alcance.ts'
import { Foto } from '../../../domain/articulos/foto.tsx'
import {
  type Borrador,
  borradorDe,
  camposInvalidos,
  eleccionDe,
  eleccionPosible,
  empezarOtro,
  type Marca,
} from '../../../domain/conflictos/borrador.ts'
import type { Caso } from '../../../domain/conflictos/caso.ts'
import { cambiosDe, comoEsta, todoDe } from '../../../domain/conflictos/decidir.ts'
import { conMayuscula, dondeSeVende, procedencia, quienEs } from '../../../domain/conflictos/en-palabras.ts'
import { tipoDe } from '../../../domain/conflictos/valor.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useTeclas } from '../../../ui/escritorio/tecla.ts'
import { AsiQueda } from './asi-queda.tsx'
import { Combinados } from './combinados.tsx'
import { Destino } from './destino.tsx'
import { RenglonDeCampo } from './renglon.tsx'
import { t } from './textos.ts'
import type { EditarVarios } from './use-editar-varios.ts'
import { useNombresDeSucursales } from './use-nombres.ts'

interface Props {
  caso: Caso
  /** To the next (1) or the previous (-1) case; false: there is none. */
  alMover: (paso: number) => boolean
  alVolver: () => void
  alGuardar: EditarVarios
}

export function DetalleDeCaso({ caso, alMover, alVolver, alGuardar }: Props) {
  const [borrador, setBorrador] = useBorrador(caso)
  const [activo, setActivo] = useState(0)
  const [guardando, setGuardando] = useState(false)
  const seccion = useRef<HTMLElement>(null)
  const invalidos = camposInvalidos(caso, borrador)
  const ajeno = useAjeno(caso)
  const sePuede = !guardando && invalidos.length === 0 && caso.documento !== null && ajeno === null
  const marcar = (campo: string, marca: Marca) => setBorrador({ ...borrador, marcas: { ...borrador.marcas, [campo]: marca } })
  const guardar = async () => {
    if (!sePuede) return
    setGuardando(true)
    await alGuardar(cambiosDe(caso, eleccionDe(caso, borrador)), t.decidido(caso.nombre))
    setGuardando(false)
  }
  useCtrlEnter(() => void guardar())
  const campo = caso.campos[activo]
  const irA = (paso: number) => {
    const lugar = activo + paso
    if (lugar < 0 || lugar >= caso.campos.length) return alMover(paso)
    setActivo(lugar)
    seccion.current?.querySelectorAll<HTMLElement>('[data-campo]')[lugar]?.scrollIntoView({ block: 'nearest' })
  }
  const elegirLado = (lado: number) => {
    if (campo?.opciones[lado]) marcar(campo.campo, { en: 'opcion', indice: lado })
    else if (!campo && caso.borrado) setBorrador({ ...borrador, destino: todoDe(caso, lado).destino })
  }
  useTeclas({
    j: () => irA(1),
    k: () => irA(-1),
    '1': () => elegirLado(0),
    '2': () => elegirLado(1),
    e: () =>
      campo && !['interruptor', 'fijo'].includes(tipoDe(campo.campo))
        ? marcar(campo.campo, empezarOtro(campo, borrador.marcas[campo.campo] ?? { en: 'ahora' }))
        : false,
  })
  const eliminar = borrador.destino === 'eliminar'
  return (
    <section ref={seccion} className="det__caso" aria-label={caso.nombre}>
      <Cabeza caso={caso} alVolver={alVolver} />
      {!caso.documento && <p className="banner">{t.sinDocumento}</p>}
      {ajeno && <p className="banner">{ajeno}</p>}
      <div className="cmp">
        {caso.borrado && (
          <Destino
            caso={caso}
            borrado={caso.borrado}
            destino={borrador.destino}
            alElegir={(destino) => setBorrador({ ...borrador, destino })}
          />
        )}
        {caso.campos.length > 0 && <Columnas caso={caso} />}
        {caso.campos.map((c, lugar) => (
          <RenglonDeCampo
            key={c.campo}
            campo={c}
            lados={caso.lados}
            marca={borrador.marcas[c.campo] ?? { en: 'ahora' }}
            activo={lugar === activo}
            inerte={eliminar}
            invalido={invalidos.includes(c.campo)}
            alActivar={() => setActivo(lugar)}
            alMarcar={(marca) => marcar(c.campo, marca)}
          />
        ))}
        <Combinados caso={caso} />
      </div>
      <AsiQueda caso={caso} eleccion={eleccionPosible(caso, borrador)} />
      <Pie caso={caso} alElegir={(lado) => setBorrador(borradorDe(caso, todoDe(caso, lado)))}>
        <button type="button" className="btn p" disabled={!sePuede} onClick={() => void guardar()}>
          {guardando ? t.guardando : t.guardarYSeguir}
          <span className="kbd hide-s" aria-hidden="true">
            {'Ctrl ↵'}
          </span>
        </button>
      </Pie>
    </section>
  )
}

/** EMP-38. Why this device may not decide it; null: it may. */
function useAjeno({ documento }: Caso): string | null {
  const { alta, negocio } = useStudio()
  return documento && porQueNoSeCambia(documento as { sucursales?: string[] }, alta.sucursalId, negocio.sucursales)
}

/** Begins as everything stands. What somebody else changes meanwhile in the document begins it anew: the question is another one. */
function useBorrador(caso: Caso): [Borrador, (borrador: Borrador) => void] {
  const cuestion = JSON.stringify([caso.eliminado, caso.campos.map(({ campo, actual, opciones }) => [campo, actual, opciones.length])])
  const [guardado, setGuardado] = useState<{ cuestion: string; borrador: Borrador } | null>(null)
  const borrador = guardado?.cuestion === cuestion ? guardado.borrador : borradorDe(caso, comoEsta(caso))
  return [borrador, (nuevo) => setGuardado({ cuestion, borrador: nuevo })]
}

function useCtrlEnter(guardar: () => void): void {
  const actual = useRef(guardar)
  actual.current = guardar
  useEffect(() => {
    const alOprimir = (evento: KeyboardEvent) => {
      if (evento.key !== 'Enter' || !(evento.ctrlKey || evento.metaKey)) return
      evento.preventDefault()
      actual.current()
    }
    document.addEventListener('keydown', alOprimir)
    return () => document.removeEventListener('keydown', alOprimir)
  }, [])
}

function Cabeza({ caso, alVolver }: { caso: Caso; alVolver: () => void }) {
  const sucursales = useNombresDeSucursales()
  const { replica, negocio } = useStudio()
  const donde = dondeSeVende(caso.documento?.sucursales, sucursales)
  return (
    <header className="dh">
      <button type="button" className="btn ic g volver" aria-label={t.volver} onClick={alVolver}>
        <ChevronLeft className="i" aria-hidden="true" />
      </button>
      <Foto replica={replica} negocioId={negocio.negocioId} hash={primeraFoto(caso)} clase="tn" />
      <div className="sp">
        <h2>{caso.nombre}</h2>
        <p className="mut sm">
          {t.articulo(donde)} {caso.campos.length > 0 ? t.elige : t.eligeDestino}
        </p>
      </div>
      <Etiqueta tono="out">{caso.borrado ? `R9, ${t.editadoEliminado}` : `R7, ${t.mismoCampo}`}</Etiqueta>
    </header>
  )
}

const primeraFoto = ({ documento }: Caso): string | undefined =>
  Array.isArray(documento?.imagenes) ? (documento.imagenes[0] as string | undefined) : undefined

function Columnas({ caso }: { caso: Caso }) {
  const ahora = useReloj()
  const { zona } = useStudioVivo()
  const [uno, otro] = caso.campos[0]?.opciones ?? []
  return (
    <div className="ch" aria-hidden="true">
      <span>{t.campo}</span>
      <span>
        <b>{t.antes}</b>
        <small>{t.enComun}</small>
      </span>
      {[uno, otro].map(
        (opcion, i) =>
          opcion && (
            <span key={opcion.de || i}>
              <b>{tituloDeLado(caso, i)}</b>
              <small>{procedencia(opcion, ahora, zona)}</small>
            </span>
          ),
      )}
    </div>
  )
}

/** Mine and theirs, when one of them is mine; else the two names. */
export function tituloDeLado({ lados }: Pick<Caso, 'lados'>, indice: number): string {
  if (lados[0]?.mio) return indice === 0 ? t.mio : t.suyo
  const lado = lados[indice]
  return lado ? conMayuscula(quienEs(lado)) : t.suyo
}

function Pie({ caso, alElegir, children }: { caso: Caso; alElegir: (lado: number) => void; children: React.ReactNode }) {
  const { usuario } = useStudio()
  const nombre = (lado: number) =>
    caso.lados[0]?.mio
      ? lado === 0
        ? t.todoLoMio
        : t.todoLoSuyo
      : t.todoLoDe(quienEs(caso.lados[lado] ?? { mio: false, quien: usuario.nombre }))
  return (
    <footer className="df">
      {caso.lados.length > 1 &&
        [0, 1].map((lado) => (
          <button key={lado} type="button" className="btn" onClick={() => alElegir(lado)}>
            {nombre(lado)}
          </button>
        ))}
      <span className="sp" />
      <span className="mut sm hide-s">{t.puedesDeshacer}</span>
      {children}
    </footer>
  )
}

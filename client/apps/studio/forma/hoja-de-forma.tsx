import { HardDrive, PackageX } from 'lucide-react'
import type { ReactNode } from 'react'
import { porQueNoSeCambia } from '../../../domain/articulos/alcance.ts'
import { hora } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { t } from './textos.ts'
import type { Forma } from './use-forma.ts'

interface Props<C extends object> {
  titulo: string
  forma: Forma<C>
  nuevo: boolean
  /** Why it is only looked at; null: it may be changed. */
  ajeno: string | null
  /** Beside the title. */
  junto?: ReactNode
  /** At the right: how it looks. */
  costado: ReactNode
  /** Whether it was written. */
  alGuardar: () => Promise<boolean>
  alCerrar: () => void
  children: ReactNode
}

/** The frame of a sheet with a draft: it says how many fields changed, keeps them when it closes, and writes them with Ctrl+Enter. */
export function HojaDeForma<C extends object>({ titulo, forma, nuevo, ajeno, junto, costado, alGuardar, alCerrar, children }: Props<C>) {
  const { cuantos } = forma
  const guardar = async () => {
    if (cuantos === 0 && !nuevo) return alCerrar()
    if (!(await alGuardar())) return
    forma.olvidar()
    alCerrar()
  }
  const cerrar = () => {
    if (cuantos > 0 && ajeno === null) {
      forma.dejar()
      avisar(t.borradorGuardado)
    }
    alCerrar()
  }
  const descartar = () => {
    forma.olvidar()
    alCerrar()
  }
  return (
    <Hoja
      titulo={titulo}
      alCerrar={cerrar}
      {...(ajeno === null ? { alGuardar: () => void guardar() } : {})}
      clase="fm"
      junto={junto}
      pie={
        ajeno === null && (
          <>
            <span className="mut sm sp" role="status">
              {nuevo ? t.esNuevo : cuantos > 0 ? t.nCambios(cuantos) : t.sinCambios}
            </span>
            <button type="button" className="btn g" onClick={descartar}>
              {cuantos > 0 ? t.descartar : t.cancelar}
            </button>
            <button type="button" className="btn p" onClick={() => void guardar()}>
              {t.guardar}
              <span className="kbd hide-s" aria-hidden="true">
                {'Ctrl ↵'}
              </span>
            </button>
          </>
        )
      }
    >
      <fieldset className="l" disabled={ajeno !== null}>
        {ajeno !== null && <p className="banner">{ajeno}</p>}
        {forma.recuperado && ajeno === null && (
          <div className="banner" role="status">
            <span className="sp">{t.borrador}</span>
            <button type="button" className="studio-enlazado" onClick={forma.vaciar}>
              {t.descartarBorrador}
            </button>
          </div>
        )}
        {children}
      </fieldset>
      <aside className="r">{costado}</aside>
    </Hoja>
  )
}

export function NoEsta({ alCerrar }: { alCerrar: () => void }) {
  return (
    <Hoja titulo={t.noEsta} alCerrar={alCerrar} ancho="angosta">
      <Vacio icono={PackageX} titulo={t.noEsta} texto={t.noEstaTexto} />
    </Hoja>
  )
}

/** EMP-38. Why a device of one sucursal does not change it, in the words of what is not sold; null: it may. */
export function useAjeno(documento: { sucursales: string[] } | null): string | null {
  const { alta, negocio } = useStudio()
  if (!documento || porQueNoSeCambia(documento, alta.sucursalId, negocio.sucursales) === null) return null
  const donde = negocio.sucursales.filter((s) => documento.sucursales.includes(s.id)).map((s) => s.nombre)
  return t.deOtraSucursal(donde.join(', ') || '—')
}

/** Where a document stands: nothing when the server has it; on this device only; refused. */
export function EstadoDeDocumento({ coleccion, id }: { coleccion: 'cupones' | 'recompensas'; id: string }) {
  const { ediciones, zona } = useStudioVivo()
  const mia = ediciones.find((e) => e.coleccion === coleccion && e.id === id)
  if (!mia) return null
  if (mia.codigo !== null) return <Etiqueta tono="bad">{t.rechazado}</Etiqueta>
  return (
    <Etiqueta tono="local" icono={HardDrive} titulo={hora(mia.desdeAt, zona)}>
      {t.enEsteEquipo}
    </Etiqueta>
  )
}

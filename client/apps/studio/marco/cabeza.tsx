import { useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight, ChevronDown, Eye, LogOut, Store } from 'lucide-react'
import type { Yo } from '../../../domain/cuentas/sesion.ts'
import { type EdicionPendiente, useStudioVivo } from '../../../replica/studio.ts'
import { ChipDeRed } from '../../../ui/escritorio/chip-de-red.tsx'
import { Desplegable, type Opcion } from '../../../ui/escritorio/desplegable.tsx'
import type { NegocioDeYo } from '../studio.tsx'
import { chipDeStudio } from './chip.ts'
import { LoPendiente } from './lo-pendiente.tsx'
import { t } from './textos.ts'

/** dueño: all of them or one. A gerente sees their own and nothing to choose. `elegida` null: all. */
export function SelectorDeSucursal({
  negocio,
  elegida,
  alElegir,
}: {
  negocio: NegocioDeYo
  elegida: string | null
  alElegir: (sucursalId: string | null) => void
}) {
  const suya = negocio.sucursales.find((s) => s.id === negocio.sucursalId)
  const nombre = negocio.sucursales.find((s) => s.id === elegida)?.nombre
  if (suya || negocio.sucursales.length < 2)
    return (
      <span className="sel sel--fija">
        <Store className="i" aria-hidden="true" />
        <span className="tr">{suya ? t.soloSucursal(suya.nombre) : (negocio.sucursales[0]?.nombre ?? negocio.nombre)}</span>
      </span>
    )
  const opciones: Opcion[] = [
    { id: 'todas', texto: t.todas, elegida: elegida === null, alElegir: () => alElegir(null) },
    ...negocio.sucursales.map((s) => ({ id: s.id, texto: s.nombre, elegida: s.id === elegida, alElegir: () => alElegir(s.id) })),
  ]
  return (
    <Desplegable etiqueta={`${t.sucursal}: ${nombre ?? t.todas}`} clase="sel" opciones={opciones}>
      <Store className="i" aria-hidden="true" />
      <span className="tr">{nombre ?? t.todas}</span>
      <ChevronDown className="i" aria-hidden="true" />
    </Desplegable>
  )
}

/** The status chip, and the list behind it. */
export function ChipVivo({ abierta, alAbrir, alCerrar }: { abierta: boolean; alAbrir: () => void; alCerrar: () => void }) {
  const { estado, ediciones, zona } = useStudioVivo()
  const ir = useNavigate()
  const corregir = ({ coleccion, id }: EdicionPendiente) => {
    alCerrar()
    if (coleccion === 'articulos') void ir({ to: '/business-studio/$seccion', params: { seccion: 'catalogo' }, search: { articulo: id } })
    else if (coleccion === 'cupones' || coleccion === 'recompensas')
      void ir({ to: '/business-studio/$seccion', params: { seccion: coleccion }, search: { documento: id } })
    else void ir({ to: '/business-studio/$seccion', params: { seccion: 'conflictos' } })
  }
  return (
    <>
      <ChipDeRed {...chipDeStudio(estado, ediciones, zona)} alTocar={alAbrir} />
      {abierta && <LoPendiente alCerrar={alCerrar} alCorregir={corregir} />}
    </>
  )
}

export interface DeCuenta {
  yo: Yo
  negocio: NegocioDeYo
  /** Edits and decisions that are on this device only. */
  pendientes: number
  alCambiarNegocio: (() => void) | null
  alSalir: () => void
}

/** Address of the public page (CAT-15); null until this device knows the negocio's code. */
function useVistaPublica(): string | null {
  const { config } = useStudioVivo()
  const negocio = config.find((doc) => doc.id === 'negocio')
  return negocio && 'codigoCaja' in negocio ? `/p/${negocio.codigoCaja}` : null
}

export function OjoPublico() {
  const vista = useVistaPublica()
  if (vista === null) return null
  return (
    <a className="btn ic g hide-s" href={vista} target="_blank" rel="noreferrer" aria-label={t.vistaPublica} title={t.vistaPublica}>
      <Eye className="i" aria-hidden="true" />
    </a>
  )
}

/** The same in the drawer of a phone. */
export function VistaPublicaEnCajon() {
  const vista = useVistaPublica()
  if (vista === null) return null
  return (
    <a className="btn" href={vista} target="_blank" rel="noreferrer">
      <Eye className="i" aria-hidden="true" />
      {t.vistaPublica}
    </a>
  )
}

export function MenuDeCuenta({ yo, negocio, pendientes, alCambiarNegocio, alSalir }: DeCuenta) {
  const nombre = `${yo.nombre} ${yo.apellidos}`.trim()
  const opciones: Opcion[] = [
    ...(alCambiarNegocio ? [{ id: 'negocio', texto: t.cambiarNegocio, icono: ArrowLeftRight, alElegir: alCambiarNegocio }] : []),
    { id: 'salir', texto: t.salir, icono: LogOut, alElegir: alSalir },
  ]
  return (
    <Desplegable
      etiqueta={t.cuenta(nombre, t[negocio.papel])}
      clase="studio-cuenta hide-s"
      opciones={opciones}
      cabeza={
        <>
          <b>{nombre}</b>
          <p className="mut sm">{`${t[negocio.papel]} · ${yo.correo}`}</p>
          {pendientes > 0 && <p className="sm">{t.seQuedan(pendientes)}</p>}
        </>
      }
    >
      <span className="av" aria-hidden="true" data-iniciales={iniciales(nombre)} />
    </Desplegable>
  )
}

/** The same for the drawer of a phone, where the top bar has no room. */
export function CuentaEnCajon({ yo, pendientes, alCambiarNegocio, alSalir }: DeCuenta) {
  return (
    <>
      <b>{`${yo.nombre} ${yo.apellidos}`.trim()}</b>
      {pendientes > 0 && <p className="sm">{t.seQuedan(pendientes)}</p>}
      {alCambiarNegocio && (
        <button type="button" className="btn" onClick={alCambiarNegocio}>
          <ArrowLeftRight className="i" aria-hidden="true" />
          {t.cambiarNegocio}
        </button>
      )}
      <button type="button" className="btn" onClick={alSalir}>
        <LogOut className="i" aria-hidden="true" />
        {t.salir}
      </button>
    </>
  )
}

const iniciales = (nombre: string): string =>
  nombre
    .split(/\s+/)
    .slice(0, 2)
    .map((parte) => parte.charAt(0).toUpperCase())
    .join('')

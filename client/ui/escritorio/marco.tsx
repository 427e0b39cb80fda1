import { Link, useLocation } from '@tanstack/react-router'
import { type LucideIcon, Menu, X } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ColaDeAvisos } from './avisos.tsx'
import { t } from './textos.ts'
import './marco.css'

export interface EntradaDeMenu {
  id: string
  texto: string
  /** For the tab bar, where there is little room. */
  corto?: string
  icono: LucideIcon
  /** Address of the section. */
  a: string
  /** What waits there for a person; 0 is not drawn. */
  cuenta?: number
}
export interface GrupoDeMenu {
  titulo: string | null
  entradas: EntradaDeMenu[]
}

interface Props {
  /** Whose room it is, and the product under it. */
  nombre: string
  producto: string
  grupos: GrupoDeMenu[]
  /** id of the section that is open. */
  activa: string
  /** ids in the tab bar of a phone, at most four; the rest is behind "Más". */
  enTablero: readonly string[]
  /** The top bar, from left to right. */
  cabeza: ReactNode
  /** At the top of the drawer of a phone: the search. */
  enCajon?: ReactNode
  /** At the foot of the drawer of a phone: what the top bar has no room for. */
  pieDeCajon?: ReactNode
  children: ReactNode
}

/** The frame of the desk (Studio, Panel): rail, top bar and page; on a phone the rail is a tab bar and a drawer. */
export function Marco({ nombre, producto, grupos, activa, enTablero, cabeza, enCajon, pieDeCajon, children }: Props) {
  const [cajon, setCajon] = useState(false)
  const todas = grupos.flatMap((grupo) => grupo.entradas)
  const enBarra = enTablero.flatMap((id) => todas.find((e) => e.id === id) ?? [])
  const restantes = todas.filter((e) => !enBarra.includes(e))
  const { href } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address was chosen in it
  useEffect(() => setCajon(false), [href])
  useTitulo(todas.find((e) => e.id === activa)?.texto, nombre)
  return (
    <div className="app">
      <a className="skip" href="#contenido">
        {t.saltar}
      </a>
      <nav className="rail" aria-label={t.secciones}>
        <Marca nombre={nombre} producto={producto} />
        <Grupos grupos={grupos} activa={activa} />
      </nav>
      <div className="main">
        <header className="top">{cabeza}</header>
        <main className="page" id="contenido" tabIndex={-1}>
          {children}
        </main>
      </div>
      <nav className="tabbar" aria-label={t.secciones}>
        {enBarra.map((entrada) => (
          <Entrada key={entrada.id} entrada={entrada} activa={activa} corta />
        ))}
        {(restantes.length > 0 || pieDeCajon) && (
          <button type="button" aria-haspopup="dialog" data-activa={restantes.some((e) => e.id === activa)} onClick={() => setCajon(true)}>
            <Menu className="i" aria-hidden="true" />
            <span>{t.mas}</span>
            <Cuenta de={restantes.reduce((suma, e) => suma + (e.cuenta ?? 0), 0)} />
          </button>
        )}
      </nav>
      {cajon && (
        <Cajon alCerrar={() => setCajon(false)} marca={<Marca nombre={nombre} producto={producto} />}>
          {enCajon}
          <nav aria-label={t.secciones}>
            <Grupos grupos={grupos} activa={activa} alElegir={() => setCajon(false)} />
          </nav>
          {pieDeCajon && <div className="cajon__pie">{pieDeCajon}</div>}
        </Cajon>
      )}
      <ColaDeAvisos />
    </div>
  )
}

function useTitulo(seccion: string | undefined, nombre: string): void {
  useEffect(() => {
    const antes = document.title
    if (seccion) document.title = `${seccion} · ${nombre}`
    return () => {
      document.title = antes
    }
  }, [seccion, nombre])
}

function Marca({ nombre, producto }: { nombre: string; producto: string }) {
  return (
    <div className="brand">
      <span className="logo" aria-hidden="true">
        {'Ya'}
      </span>
      <div>
        <b>{nombre}</b>
        <small>{producto}</small>
      </div>
    </div>
  )
}

function Grupos({ grupos, activa, alElegir }: { grupos: GrupoDeMenu[]; activa: string; alElegir?: () => void }) {
  return grupos.map((grupo) => (
    <div key={grupo.titulo ?? grupo.entradas[0]?.id} className="marco-grupo">
      {grupo.titulo && <p className="marco-titulo">{grupo.titulo}</p>}
      {grupo.entradas.map((entrada) => (
        <Entrada key={entrada.id} entrada={entrada} activa={activa} {...(alElegir ? { alElegir } : {})} />
      ))}
    </div>
  ))
}

const EXACTA = { exact: true }

function Entrada({
  entrada,
  activa,
  corta = false,
  alElegir,
}: {
  entrada: EntradaDeMenu
  activa: string
  corta?: boolean
  alElegir?: () => void
}) {
  const { icono: Icono, texto, corto, a, id, cuenta = 0 } = entrada
  return (
    // Exact: a section's address may be the beginning of another's.
    <Link to={a as never} activeOptions={EXACTA} aria-current={id === activa ? 'page' : undefined} title={texto} onClick={alElegir}>
      <Icono className="i" aria-hidden="true" />
      <span>{corta ? (corto ?? texto) : texto}</span>
      <Cuenta de={cuenta} />
    </Link>
  )
}

function Cuenta({ de }: { de: number }) {
  if (de === 0) return null
  return (
    <span className="cnt hot">
      <span aria-hidden="true">{de > 99 ? '99+' : de}</span>
      <span className="vh">{t.porAtender(de)}</span>
    </span>
  )
}

/** The menu of a phone. */
function Cajon({ marca, alCerrar, children }: { marca: ReactNode; alCerrar: () => void; children: ReactNode }) {
  const dialogo = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const elemento = dialogo.current
    if (elemento && !elemento.open) elemento.showModal()
    return () => elemento?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the veil is the mouse's way; the keyboard has Esc and the cross
    <dialog
      ref={dialogo}
      className="cajon rail"
      aria-label={t.secciones}
      onCancel={(evento) => {
        evento.preventDefault()
        alCerrar()
      }}
      onClick={(evento) => {
        if (evento.target === evento.currentTarget) alCerrar()
      }}
    >
      <div className="cajon__cabeza">
        {marca}
        <button type="button" className="btn ic g" aria-label={t.cerrar} onClick={alCerrar}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {children}
    </dialog>
  )
}

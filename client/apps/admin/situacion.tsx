/** A device's state in a table: a word and a shape, never a colour alone. */
import { ArrowUp, CircleCheck, CircleOff, CloudOff, TabletSmartphone, TriangleAlert } from 'lucide-react'
import type { Atencion, EquipoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'
import { esGrave, situacionDe } from './equipo.ts'
import { edad } from './palabras.ts'
import { t } from './textos.ts'

export function Situacion({ equipo, ahora }: { equipo: EquipoDePlataforma; ahora: number }) {
  switch (situacionDe(equipo)) {
    case 'baja':
      return (
        <Etiqueta tono="out" icono={CircleOff}>
          {t.deBaja}
        </Etiqueta>
      )
    case 'sin_estrenar':
      return (
        <Etiqueta tono="out" icono={TabletSmartphone}>
          {t.sinEstrenar}
        </Etiqueta>
      )
    case 'atencion':
      return (
        <Etiqueta tono={esGrave(equipo) ? 'bad' : 'warn'} icono={TriangleAlert}>
          {enPalabras(equipo, ahora)}
        </Etiqueta>
      )
    case 'sin_senal':
      return (
        <Etiqueta tono="local" icono={CloudOff}>
          {t.sinSenal}
        </Etiqueta>
      )
    case 'enviando':
      return (
        <span className="sm nw panel-envia">
          <ArrowUp className="i s" aria-hidden="true" /> {t.enviando(equipo.pendientes ?? 0)}
        </span>
      )
    case 'al_dia':
      return (
        <span className="ok sm nw">
          <CircleCheck className="i s" aria-hidden="true" /> {t.alDia}
        </span>
      )
  }
}

/** `Hueco y reloj`: what is wrong with it, the two first of it. */
export function enPalabras(equipo: EquipoDePlataforma, ahora: number): string {
  const [a, b, ...resto] = equipo.atencion.map((una) => palabraDe(una, equipo, ahora))
  if (a === undefined) return ''
  if (b === undefined) return a
  return resto.length === 0 ? t.y(a, b) : t.yMas(a, resto.length + 1)
}

export function palabraDe(atencion: Atencion, equipo: EquipoDePlataforma, ahora: number): string {
  switch (atencion) {
    case 'sin_procesar':
      return t.sin_procesar(equipo.sinProcesar)
    case 'hueco':
      return t.hueco
    case 'bifurcada':
      return t.bifurcada
    case 'reloj':
      return t.relojMal
    case 'sin_contacto':
      return t.sin_contacto(edad(ahora - (equipo.ultimoContactoAt ?? ahora)))
    case 'version':
      return t.versionVieja
    case 'almacen':
      return t.almacen
  }
}

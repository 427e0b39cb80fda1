/** @jsxImportSource preact */
import { h, type VNode } from 'preact'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { type Hacer, nombreDeNivel, rombos } from '../domain/tarjeta/plantilla.ts'

/** CARD-09..11, 13, 14. The badge of a nivel: its metal, its lozenges, its word. */
export const Insignia = ({ nivel }: { nivel: Nivel }) => (
  <span class={`nivel nivel--${nivel}`}>
    {rombos<VNode>(h as unknown as Hacer<VNode>, nivel)}
    {nombreDeNivel(nivel)}
  </span>
)

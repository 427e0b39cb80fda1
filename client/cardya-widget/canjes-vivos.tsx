/** @jsxImportSource preact */
/** Codes of canjes that may still be shown (PWA-05), one row each, with the time they have left. */
import { minutosYSegundos } from '../domain/tarjeta/plantilla.ts'
import { useSegundero } from './ganchos.ts'
import { Icono } from './iconos.tsx'
import { type CanjeEnFoto, sigueVivo } from './mis-canjes.ts'
import { t } from './textos.ts'

/** `hora`: corrected ms. */
export function CanjesVivos({ canjes, hora }: { canjes: readonly CanjeEnFoto[]; hora: () => number }) {
  const ahora = hora()
  const vivos = canjes.filter((c) => sigueVivo(c, ahora))
  useSegundero(vivos.length > 0)
  return vivos.map((c) => (
    <a key={c.id} class="panel peek" href={`#canje=${c.id}`} data-canje={c.nombre}>
      <span class="tile">
        <Icono de="regalo" />
      </span>
      <span class="grow">
        <b class="m">{c.nombre}</b>
        <br />
        <span class="sm soft">{t.canjeListo(c.negocioNombre)}</span>
      </span>
      <b class="num end">{minutosYSegundos(c.venceAt - ahora)}</b>
      <Icono de="siguiente" clase="dim" />
    </a>
  ))
}

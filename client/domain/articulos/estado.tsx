import { Link } from '@tanstack/react-router'
import { Check, CircleAlert, GitMerge, HardDrive } from 'lucide-react'
import type { FilaDeCatalogo } from '../../../workers/replica/api.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'
import { nombreDeCampo } from './campos.ts'
import { t } from './textos.ts'

/** Where a document stands: dashed while it is only here, grey and plain once the server has it; amber leads to the conflict; a refusal says why. */
export function EstadoDeArticulo({ fila }: { fila: Pick<FilaDeCatalogo, 'estado' | 'codigo' | 'campo'> & { articulo: { id: string } } }) {
  const { estado, codigo, campo, articulo } = fila
  if (estado === 'en_este_equipo')
    return (
      <Etiqueta tono="local" icono={HardDrive}>
        {t.enEsteEquipo}
      </Etiqueta>
    )
  if (estado === 'conflicto')
    return (
      <Link
        className="tag warn"
        to={'/business-studio/$seccion' as never}
        params={{ seccion: 'conflictos' } as never}
        search={{ documento: articulo.id } as never}
      >
        <GitMerge className="i" aria-hidden="true" />
        {t.conflicto}
      </Link>
    )
  if (estado === 'rechazado') {
    const motivo = [campo && nombreDeCampo(campo), codigo && textoDe(codigo)].filter(Boolean).join(': ')
    return (
      <span className="estado-rechazado">
        <Etiqueta tono="bad" icono={CircleAlert} titulo={motivo}>
          {t.rechazado}
        </Etiqueta>
        <span className="vh">{motivo}</span>
      </span>
    )
  }
  return (
    <span className="mut sm nw">
      <Check className="i s" aria-hidden="true" /> {t.recibido}
    </span>
  )
}

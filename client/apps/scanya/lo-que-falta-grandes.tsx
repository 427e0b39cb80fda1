import { descargar } from '../../lib/descargar.ts'
import { pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { renglonDe } from '../../replica/renglon.ts'
import { falta as f } from './textos-de-lo-que-falta.ts'

/** DI5. One record that the server does not take for its size: everything else left without it. `alFallar`: says why it could not be sent anew. */
export function RegistroGrande({ id, cuerpo, alFallar }: { id: string; cuerpo: string; alFallar: (aviso: string) => void }) {
  const { replica } = useCaja()
  const r = renglonDe({ id, cuerpo, estado: 'apartado' })
  const enviar = async () => {
    const enviados = await replica.enviarApartados?.()
    if (enviados && !enviados.ok) alFallar(textoDe(enviados.codigo))
  }
  return (
    <article className="issue">
      <h3>{f.grande}</h3>
      <p>
        <b>{r?.folio || f.registro}</b>
        {r && r.montoCentavos > 0 && <b className="num"> {pesos(r.montoCentavos)}</b>}. {f.grandeTexto}
      </p>
      <div className="fix">
        <button type="button" className="btn btn--sm btn--tint" onClick={() => void enviar()}>
          {f.enviarDeNuevo}
        </button>
        <button type="button" className="btn btn--sm btn--secondary" onClick={() => descargar(`registro-${r?.folio || 'grande'}`, cuerpo)}>
          {f.guardarRegistro}
        </button>
      </div>
    </article>
  )
}

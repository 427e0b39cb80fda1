import { Icono } from '../../ui/iconos.tsx'
import { pin as p } from './textos-de-pin.ts'

/** PWA-14. What the dueño compares before this phone is let in; asked again by itself. */
export function Cotejo({ cotejo, alDejar }: { cotejo: string; alDejar: () => void }) {
  return (
    <section className="panel stack alta__cotejo" aria-labelledby="cotejo">
      <h1 className="titulo" id="cotejo">
        {p.cotejoTitulo}
      </h1>
      <p className="num alta__digitos">{cotejo}</p>
      <p className="soft">{p.cotejoTexto}</p>
      <p className="row sm soft" role="status">
        <Icono de="reloj" /> {p.cotejoEspera}
      </p>
      <button type="button" className="btn btn--secondary" onClick={alDejar}>
        {p.cotejoDejar}
      </button>
    </section>
  )
}

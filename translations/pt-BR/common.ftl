# Dito em mais de uma página.

common-language = Idioma:
common-reference = Referência
common-error-title = Erro: { $title }

common-day = { $day ->
    [1] 1º
   *[2] { $day }
} de { $month ->
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
} de { $year }
common-moment = { $day }, { $time } (UTC)

common-error-foreign-form = Este formulário não foi enviado da nossa página
    .sentence = Para proteger sua conta, só aceitamos formulários enviados da própria página de login.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo.
common-error-nothing-here = Não há nada aqui
    .sentence = O endereço pode ter sido digitado errado ou a página pode ter mudado de lugar.
    .way-on = Faça login pela sua central de ajuda: ela sempre leva ao lugar certo.
common-error-wrong-method = Esta página não pode ser usada assim
    .sentence = O endereço existe, mas não para esse tipo de solicitação.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo.
common-error-too-large = O envio é grande demais
    .sentence = Ele é maior do que esta página aceita.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo.
common-error-busy = Há muitos acessos no momento
    .sentence = Não há nada de errado com sua conta.
    .way-on = Espere alguns segundos e recarregue esta página.
common-error-unreadable = Não conseguimos ler essa solicitação
    .sentence = Algo nela estava incompleto ou em formato errado. Nada foi alterado.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo.
common-error-ours = Algo deu errado do nosso lado
    .sentence = A culpa não é sua, e sua conta está segura.
    .way-on = Tente de novo em um minuto. Se continuar acontecendo, informe a referência abaixo aos responsáveis pela sua central de ajuda.
common-show-password = Mostrar a senha

# Fazer login: a senha, uma nova, a volta, sair.

signin-continue = Continuar
signin-cancel = Cancelar e voltar
signin-help-centre = Ir para a central de ajuda

## A senha

signin-password-title = Fazer login
signin-password-name = E-mail ou nome de usuário
signin-password-password = Senha

signin-passkey = Fazer login com uma chave de acesso

signin-error-name-missing = Digite seu e-mail ou nome de usuário.
signin-error-password-missing = Digite sua senha.
signin-error-no-match = O e-mail ou nome de usuário e a senha não correspondem.
    .more = Confira os dois e tente de novo. Depois de várias tentativas, pedimos que você espere alguns minutos.
signin-error-busy = Muitas pessoas estão fazendo login agora.
    .more = Não há nada de errado com sua conta: espere alguns segundos e tente de novo.
signin-error-passkey = Não foi possível fazer login com essa chave de acesso.
    .more = Tente de novo ou digite seu e-mail ou nome de usuário e sua senha.

## Uma senha nova

signin-new-password-title = Escolha uma nova senha
signin-new-password-longer = As regras desta central de ajuda agora exigem uma senha mais longa. Esta é para { $account }.
signin-new-password-reset = Os responsáveis por esta central de ajuda pedem que você escolha uma nova senha. Esta é para { $account }.
signin-new-password-password = Nova senha
signin-new-password-rules = Pelo menos { $minimum } caracteres. Espaços e quaisquer letras são permitidos, e algumas palavras sem relação entre si são fáceis de lembrar.
signin-new-password-repeat = A mesma senha outra vez
signin-new-password-save = Salvar e continuar

signin-error-too-short = Use pelo menos { $minimum } caracteres.
    .more = Algumas palavras sem relação entre si formam uma boa senha.
signin-error-too-long = Essa senha é longa demais.
    .more = Use no máximo 1.000 caracteres.
signin-error-common = Essa senha é comum demais.
    .more = Ela está em uma lista que os invasores tentam primeiro: escolha outra.
signin-error-context = Essa senha é fácil de adivinhar.
    .more = Ela contém seu nome, seu e-mail ou o nome desta central de ajuda: escolha outra.
signin-error-mismatch = As duas senhas são diferentes.
    .more = Digite a mesma duas vezes.
signin-error-same = Essa é a senha que você já usa.
    .more = Escolha outra.
signin-error-unusable = Essa senha contém caracteres que talvez não possam ser digitados de novo do mesmo jeito.
    .more = Escolha outra.

## A volta à central de ajuda

signin-done-page-title = Fazendo login
signin-done-title = Login concluído
signin-done-lead = Voltando para { $site }…
signin-done-lead-nameless = Voltando para a central de ajuda…
signin-done-hint = Se nada acontecer em alguns segundos:

## Sair

signin-out-page-title = Sair
signin-out-title = Sair?
signin-out-lead = Você fez login como { $account }. Na próxima vez, sua senha será pedida de novo.
signin-out-button = Sair

## Páginas que só informam

signin-notice-expired = Este login demorou demais
    .sentence = Para manter sua conta segura, o login precisa ser concluído poucos minutos depois de iniciado.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo.
signin-notice-finished = Você já fez login aqui
    .sentence = Este login já foi concluído, então não há mais nada a fazer nesta página.
    .way-on = Volte à central de ajuda para continuar.
signin-notice-cancelled = Você cancelou o login
    .sentence = Você não fez login, e nada foi alterado.
    .way-on = Você pode fazer login pela central de ajuda quando quiser.
signin-notice-other-browser = Este login pertence a outro navegador
    .sentence = Ele foi iniciado em outro navegador ou em uma janela anônima e só pode ser concluído lá.
    .way-on = Volte à central de ajuda neste navegador e escolha “Fazer login” de novo.
signin-notice-not-configured = O login ainda não foi configurado
    .sentence = Os responsáveis por esta central de ajuda ainda não terminaram de configurar o login.
    .way-on = Fale com o proprietário da central de ajuda e informe a referência abaixo.
signin-notice-request-refused = Não pudemos aceitar este login
    .sentence = A solicitação que trouxe você aqui estava vencida ou não era o que esta página espera. Você não fez nada de errado.
    .way-on = Volte à central de ajuda e escolha “Fazer login” de novo. Se continuar acontecendo, fale com o proprietário dela e informe a referência abaixo.
signin-notice-site-gone = O login desta central de ajuda não é mais feito aqui
    .sentence = O proprietário dela não usa mais esta página de login.
    .way-on = Fale com o proprietário da central de ajuda para saber como fazer login agora.
signin-notice-signed-out = Você saiu da conta
    .sentence = Você saiu desta página. A própria central de ajuda pode manter sua sessão aberta até que você saia de lá também.
    .way-on = Em um computador compartilhado, feche também o navegador.
signin-notice-language-chosen = Seu idioma foi definido
    .sentence = A partir de agora, as páginas de login aparecem em português neste navegador.
    .way-on = Volte à central de ajuda para continuar.
signin-notice-busy = Há muitos acessos no momento
    .sentence = Muitas pessoas estão fazendo login neste momento. Não há nada de errado com sua conta.
    .way-on = Espere alguns segundos e recarregue esta página.

## Segundos fatores

signin-another-way = Tentar outro método
signin-skip = Agora não
signin-skip-until = Você pode configurar isso depois, até { $day }.
signin-skip-times = { $count ->
    [one] Você pode deixar isso para depois mais { $count } vez.
   *[other] Você pode deixar isso para depois mais { $count } vezes.
}
signin-codes-later = Agora não
signin-choose-title = Escolha um segundo método para confirmar que é você
signin-choose-lead = A partir de agora, o login exige sua senha e um destes métodos. Você pode adicionar outros depois.
signin-recommended = Recomendado
signin-weaker = Menos seguro
signin-another-title = Adicione outro método para confirmar que é você
signin-another-lead = { $count ->
    [one] Se um dia você perder o que já tem, este permite que você entre. Esta central de ajuda pede a todos { $count } método além da senha.
   *[other] Se um dia você perder o que já tem, outro permite que você entre. Esta central de ajuda pede a todos { $count } métodos além da senha.
}
signin-more-ways = Um segundo método de login, em outro dispositivo, ajuda se você perder este. Você pode adicionar mais a qualquer momento.
signin-ways-title = Confirme que é você
signin-no-way-left-title = Nenhum método disponível
signin-no-way-left = Seu segundo fator está desativado ou não é mais permitido aqui. Peça aos responsáveis pela sua central de ajuda que o redefinam.

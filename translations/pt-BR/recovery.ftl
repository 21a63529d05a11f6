# Caminhos de volta: senha esquecida, segundos fatores perdidos, bloqueio da conta.

recovery-forgotten-link = Esqueceu sua senha?
recovery-forgotten-title = Escolha uma nova senha
recovery-forgotten-lead = Diga quem você é, e enviaremos um e-mail com um link para escolher uma nova senha.
recovery-forgotten-send = Receber um e-mail
recovery-back = Voltar

recovery-new-password-title = Escolha uma nova senha
recovery-new-password-lead = Para { $account }. Todas as suas sessões serão encerradas, e seu segundo fator será pedido no login, como sempre.
recovery-first-password-title = Escolha sua senha
recovery-first-password-lead = Para { $account }. A partir daí, você faz login com seu e-mail ou nome de usuário e esta senha.

## A página de um link: um botão

recovery-account = Trata-se de { $account }.

recovery-freeze = Bloquear sua conta?
    .sentence = Se outra pessoa está usando sua conta, bloqueie-a: todas as sessões serão encerradas, e ninguém poderá fazer login, nem você.
    .way-on = Para voltar a acessá-la, use “Esqueceu sua senha?” na página de login e escolha uma nova senha pelo e-mail que enviaremos.
    .button = Bloquear minha conta
recovery-cancel = Cancelar a recuperação?
    .sentence = Alguém pediu para remover os segundos fatores desta conta. Se não foi você, ou se você já encontrou os seus, cancele a recuperação: assim, nada será alterado.
    .way-on = Se não foi você, outra pessoa sabe sua senha. Escolha também uma nova.
    .button = Cancelar a recuperação
recovery-recover = Remover seus segundos fatores?
    .sentence = A espera acabou. Todos os segundos fatores da sua conta e os códigos de backup dela serão removidos, e todas as sessões serão encerradas.
    .way-on = Depois, faça login com sua senha e configure um novo segundo fator.
    .button = Remover meus segundos fatores

## Páginas que só informam

recovery-mail-sent = Confira sua caixa de entrada
    .sentence = Se existe uma conta com esse nome, um e-mail com um link está a caminho do endereço dela.
    .way-on = Ele deve chegar em poucos minutos; procure também na pasta de spam. Se nada chegar, confira se digitou o nome corretamente e espere um pouco antes de pedir de novo, ou fale com os responsáveis pela sua central de ajuda.
recovery-link-void = Este link não funciona mais
    .sentence = Um link funciona uma única vez e só por algum tempo, e um e-mail mais recente pode substituir um anterior.
    .way-on = Se ainda precisar dele, comece de novo pela página de login da central de ajuda. Não há nada de errado com sua conta.
recovery-password-set = Sua senha foi definida
    .sentence = Você ainda não fez login, e todas as sessões abertas foram encerradas.
    .way-on = Volte à central de ajuda, escolha “Fazer login” e use sua nova senha.
recovery-frozen = Sua conta está bloqueada
    .sentence = Todas as sessões foram encerradas, e ninguém pode fazer login.
    .way-on = Para voltar a acessá-la, use “Esqueceu sua senha?” na página de login e escolha uma nova senha. Se nenhum e-mail chegar, fale com os responsáveis pela sua central de ajuda.
recovery-cancelled = A recuperação foi cancelada
    .sentence = Seus segundos fatores continuam como estão.
    .way-on = Se não foi você quem pediu, escolha uma nova senha: para isso, use “Esqueceu sua senha?” na página de login.
recovery-recovered = Seus segundos fatores foram removidos
    .sentence = Você ainda não fez login.
    .way-on = Volte à central de ajuda, faça login com sua senha e configure um novo segundo fator.

## Todos os segundos fatores foram perdidos

recovery-lost-link = Não tenho mais acesso a nenhum destes métodos
recovery-lost-title = Você perdeu seus segundos fatores
recovery-lost-ask = Fale com os responsáveis pela sua central de ajuda e peça que redefinam seu segundo fator.
recovery-lost-lead = Podemos enviar para { $account } um link que os remove, para você configurar novos.
recovery-lost-wait = Para sua segurança, o link só chega depois de uma espera: em { $when }.
recovery-lost-care = Avisaremos você na hora sobre este pedido. Quem ler esse e-mail pode cancelar a recuperação.
recovery-lost-begin = Iniciar a espera
recovery-lost-under-way = A espera começou. Escrevemos para { $account }.
recovery-lost-ready-at = O e-mail com o link chega em { $when }.
recovery-lost-found = Se encontrar seu segundo fator, basta fazer login com ele: isso cancela a recuperação.
recovery-lost-ready = A espera acabou: o link está no nosso e-mail para { $account }.
recovery-lost-until = Ele pode ser usado até { $when }.
recovery-lost-again = Receber o e-mail de novo
recovery-lost-too-often = Isso foi pedido vezes demais nos últimos tempos. Tente de novo amanhã ou fale com os responsáveis pela sua central de ajuda.

evaluate(new File(basedir, '../../verify-project.groovy'))
